// Time as the reader sees it: bins of days, months, quarters, years, and how many relations fall into each.
const MOST_BINS = 150;
const SPANS = [1, 3, 12, 120, 1200]; // months of a bin, where days would be too many

const yearOf = (day) => Math.floor(day / 10000);
const monthOf = (day) => yearOf(day) * 12 + (Math.floor(day / 100) % 100) - 1;
const dateOf = (day) => { const date = new Date(0); date.setUTCFullYear(yearOf(day), (Math.floor(day / 100) % 100) - 1, day % 100); return date; };
const dayOf = (date) => date.getUTCFullYear() * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
const dayAfter = (day) => { const date = dateOf(day); date.setUTCDate(date.getUTCDate() + 1); return dayOf(date); };
const dayBefore = (day) => { const date = dateOf(day); date.setUTCDate(date.getUTCDate() - 1); return dayOf(date); };
const firstOfMonth = (month) => Math.floor(month / 12) * 10000 + ((month % 12) + 1) * 100 + 1;

// The bins from one day to another: {unit, bins: [{from, to}]}, days as YYYYMMDD; unit 0 is days, else so many months.
const binsOfDays = (low, high) => {
  const bins = [];
  for (let day = low; day <= high; day = dayAfter(day)) bins.push({ from: day, to: day });
  return bins;
};
const binsOfMonths = (low, high, unit) => {
  const bins = [];
  for (let month = Math.floor(monthOf(low) / unit) * unit; month <= monthOf(high); month += unit) bins.push({ from: firstOfMonth(month), to: dayBefore(firstOfMonth(month + unit)) });
  return bins;
};
const fits = (low, high, unit) => (unit ? (monthOf(high) - monthOf(low)) / unit : (dateOf(high) - dateOf(low)) / 864e5) < MOST_BINS - 2;
const unitFor = (low, high) => [0, ...SPANS].find((unit) => fits(low, high, unit)) ?? SPANS.at(-1);
const cut = (low, high, unit) => (unit ? binsOfMonths(low, high, unit) : binsOfDays(low, high));

// The axis of the whole graph. Its unit suits the middle nine tenths of the relations: a founding in 1557 shall not
// make years of what happened within weeks. What lies too far outside falls into an open bin at either end.
const wholeAxis = onceMade(() => {
  const first = spans().first.filter((day) => day > 0).sort(), last = spans().last.filter((day) => day > 0).sort();
  if (!first.length) return null;
  const at = (days, part) => days[Math.floor(part * (days.length - 1))];
  const inner = at(first, 0.05), outer = Math.max(inner, at(last, 0.95)), unit = unitFor(inner, outer);
  const low = first.find((day) => day >= inner || fits(day, outer, unit)), high = last.findLast((day) => day <= outer || fits(low, day, unit));
  const bins = cut(low, high, unit), start = bins[0].from, end = bins.at(-1).to;
  if (first[0] < start) bins.unshift({ from: 0, to: start - 1, open: "before", at: start });
  if (last.at(-1) > end) bins.push({ from: end + 1, to: 99991231, open: "after", at: end });
  return { unit, bins, whole: true };
});
const axisWithin = (low, high) => { const unit = unitFor(low, high); return { unit, bins: cut(low, high, unit), whole: false }; };

// The last bin that begins on or before a day, -1 where none does.
const binAt = (bins, day) => {
  let low = 0, high = bins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle].from <= day) low = middle + 1; else high = middle;
  }
  return low - 1;
};

// How many relations that meet all other filters may be of each bin, as a filter for that bin would show them; and how
// many such have no date at all. A relation of all of 2016 counts in each of its months.
const binsAt = new WeakMap(); // axis → the first and last bin of each relation
const binsOfRelations = ({ bins }) => {
  const { first, last } = spans(), start = new Int16Array(EDGES.length), end = new Int16Array(EDGES.length);
  for (let n = 0; n < EDGES.length; n += 1) {
    start[n] = Math.max(0, binAt(bins, first[n]));
    end[n] = first[n] > bins.at(-1).to ? -1 : binAt(bins, last[n]);
  }
  return { start, end };
};
const histogram = (axis) => {
  if (!binsAt.has(axis)) binsAt.set(axis, binsOfRelations(axis));
  const { start, end } = binsAt.get(axis), { first } = spans(), rises = new Int32Array(axis.bins.length + 1);
  let undated = 0;
  for (let n = 0; n < missed.length; n += 1) {
    if (missed[n] & ~BIT.time) continue;
    if (!first[n]) { undated += 1; continue; }
    if (end[n] < start[n]) continue;
    rises[start[n]] += 1;
    rises[end[n] + 1] -= 1;
  }
  let now = 0;
  return { counts: axis.bins.map((_, i) => (now += rises[i])), undated };
};
