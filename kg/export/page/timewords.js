// Days, bins and periods in words.
Object.assign(WORDS.ko, {
  time: "시점", allTime: "전체 기간", before: (name) => `${name} 이전`, after: (name) => `${name} 이후`, quarter: (y, q) => `${y}년 ${q}분기`, decade: (y) => `${y}년대`, century: (y) => `${y}년부터 100년`,
  period: (a, b) => `${a} ~ ${b}`, since: (a) => `${a} ~`, upTo: (b) => `~ ${b}`,
});
Object.assign(WORDS.en, {
  time: "Time", allTime: "All time", before: (name) => `before ${name}`, after: (name) => `after ${name}`, quarter: (y, q) => `Q${q} ${y}`, decade: (y) => `${y}s`, century: (y) => `${y}–${Number(y) + 99}`,
  period: (a, b) => `${a} – ${b}`, since: (a) => `since ${a}`, upTo: (b) => `until ${b}`,
});

// As Intl.DateTimeFormat writes them, whose first use takes longer than the page takes to draw.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const inDate = (day) => [yearOf(day), (monthOf(day) % 12) + 1, day % 100];
const korean = () => state.language === "ko";
const yearText = (day) => (korean() ? `${yearOf(day)}년` : `${yearOf(day)}`);
const monthText = (day) => { const [year, month] = inDate(day); return korean() ? `${year}년 ${month}월` : `${MONTHS[month - 1]} ${year}`; };
const dayText = (day) => { const [year, month, date] = inDate(day); return korean() ? `${year}년 ${month}월 ${date}일` : `${MONTHS[month - 1]} ${date}, ${year}`; };
const shortMonth = (day) => { const [, month] = inDate(day); return korean() ? `${month}월` : MONTHS[month - 1].slice(0, 3); };
const shortDay = (day) => { const [, month, date] = inDate(day); return korean() ? `${month}. ${date}.` : `${month}/${date}`; };
const fullDay = (day) => (korean() ? `${yearOf(day)}. ${shortDay(day)}` : `${shortDay(day)}/${yearOf(day)}`);

const unitText = (day, unit) => {
  const year = String(yearOf(day));
  if (unit === 0) return dayText(day);
  if (unit === 1) return monthText(day);
  if (unit === 3) return say("quarter", year, String((monthOf(day) % 12) / 3 + 1));
  return unit === 12 ? yearText(day) : say(unit === 120 ? "decade" : "century", year);
};
const binText = ({ unit }, bin) => (bin.open ? say(bin.open, unitText(bin.open === "before" ? bin.at : dayOfUnit(bin.at, unit), unit)) : unitText(bin.from, unit));
// The day that names the bin in which a day lies.
const dayOfUnit = (day, unit) => (unit ? firstOfMonth(Math.floor(monthOf(day) / unit) * unit) : day);

// A period as plainly as its ends allow: 2016년, 2016년 5월, 2016년 5월 3일.
const endsMonth = (day) => day % 100 === 31 || monthOf(dayAfter(day)) !== monthOf(day);
const periodText = (from, to) => {
  if (from === null && to === null) return say("allTime");
  const wholeMonths = (from === null || from % 100 === 1) && (to === null || endsMonth(to));
  const wholeYears = wholeMonths && (from === null || from % 10000 === 101) && (to === null || Math.floor(to / 100) % 100 === 12);
  const text = (day) => (wholeYears ? yearText(day) : wholeMonths ? monthText(firstOfMonth(monthOf(day))) : dayText(day));
  if (to === null) return say("since", text(from));
  if (from === null) return say("upTo", text(to));
  return text(from) === text(to) ? text(from) : say("period", text(from), text(to));
};

// Which bins bear a date below the axis, so many at most: [index, text].
const TICKS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
const ticks = ({ unit, bins }, most) => {
  const closed = bins.map((bin, i) => [bin, i]).filter(([bin]) => !bin.open);
  if (unit === 0) {
    const every = [1, 2, 5, 7, 10, 14, 30].find((days) => closed.length / days <= most) || 60;
    return closed.filter((_, i) => i % every === 0).map(([bin, i], k) => [i, k === 0 ? fullDay(bin.from) : shortDay(bin.from)]);
  }
  const every = TICKS.find((months) => months >= unit && (closed.length * unit) / months <= most) || TICKS.at(-1);
  const shown = closed.filter(([bin]) => monthOf(bin.from) % every === 0);
  return shown.map(([bin, i]) => [i, every % 12 === 0 || monthOf(bin.from) % 12 === 0 ? String(yearOf(bin.from)) : shortMonth(bin.from)]);
};
