// The relations of an entity over time: a strip of bars, and the relations of a bar, or of all time, as a list.
Object.assign(WORDS.ko, {
  chronicle: "시간 순", wholeYear: (y, n) => `${y}년 (연도만 알려짐): 관계 ${n}`, bar: (when, n) => `${when}: 관계 ${n}`, undatedFacts: (n) => `날짜를 알 수 없는 관계 ${n}`, barKey: "진한 색은 관계의 시점, 옅은 색은 기사 날짜", wholeTime: "전체 기간 보기", reportedOn: "보도",
});
Object.assign(WORDS.en, {
  chronicle: "Over time", wholeYear: (y, n) => `${y} (only the year is known): ${n}`, bar: (when, n) => `${when}: ${n} ${n === "1" ? "relation" : "relations"}`, undatedFacts: (n) => `${n} without any date`, barKey: "dark: date of the relation, light: date of the article", wholeTime: "Show all", reportedOn: "reported",
});

const DATED = 5;
// When a relation was, as stated; else when it was first reported.
const timesOf = (node) => passingEdges(node.n).map((edge) => {
  const date = edge.date || edge.in.map((n) => ARTICLES[n].date).filter(Boolean).sort()[0];
  return date ? { edge, date, stated: Boolean(edge.date) } : null;
}).filter(Boolean);

// The finest of day, month and year in which the strip has at most so many places.
const SLOTS = 62;
const WIDTHS = { day: 10, month: 7, year: 4 }; // letters of a date
const ordinal = {
  day: (date) => Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / 864e5,
  month: (date) => +date.slice(0, 4) * 12 + +date.slice(5, 7) - 1,
  year: (date) => +date.slice(0, 4),
};
const nameOfSlot = {
  day: (n) => new Date(n * 864e5).toISOString().slice(0, 10),
  month: (n) => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`,
  year: (n) => String(n),
};
const scaleOf = (times) => {
  const bounds = (unit) => {
    const exact = times.filter(({ date }) => date.length >= WIDTHS[unit]), coarse = times.length - exact.length;
    const years = times.map(({ date }) => +date.slice(0, 4)), ends = coarse && unit !== "year" ? [`${Math.min(...years)}-01-01`, `${Math.max(...years)}-12-31`] : [];
    const numbers = [...exact.map(({ date }) => date), ...ends].map(ordinal[unit]);
    return { unit, first: Math.min(...numbers), last: Math.max(...numbers) };
  };
  return ["day", "month"].map(bounds).find(({ first, last }) => last - first < SLOTS) || bounds("year");
};

const bars = (times, { unit, first, last }) => {
  const slots = new Map(), years = new Map();
  for (const time of times) {
    const exact = time.date.length >= WIDTHS[unit], into = exact ? slots : years, key = exact ? ordinal[unit](time.date) : +time.date.slice(0, 4);
    if (into.has(key)) into.get(key).push(time); else into.set(key, [time]);
  }
  return { slots: [...slots].sort(([a], [b]) => a - b), years: [...years].sort(([a], [b]) => a - b), count: last - first + 1 };
};

// Few years are written below, at the places where they begin.
const axis = ({ unit, first, last }) => {
  const all = last - first + 1, year = (n) => nameOfSlot[unit](n).slice(0, 4), marks = [];
  for (let n = first; n <= last; n += 1) if (n === first || year(n) !== year(n - 1)) marks.push({ at: (n - first) / all, text: unit === "year" ? year(n) : n === first ? nameOfSlot[unit](n) : year(n) });
  const every = Math.ceil(marks.length / 5), few = marks.filter((_, i) => i % every === 0);
  const spaced = few.filter(({ at }, i) => i === 0 || at - few[0].at > (unit === "year" ? 0.1 : 0.2)).filter(({ at }) => at < 0.93);
  if (unit === "day" && last > first) spaced.push({ at: 1, text: nameOfSlot.day(last).slice(5) });
  return el("div", { className: "axis", ariaHidden: "true" }, ...spaced.map(({ at, text }) => { const mark = el("span", {}, text); mark.style.left = `${at * 100}%`; if (at === 1) mark.className = "end"; return mark; }));
};

const chronicle = async (node) => {
  const times = timesOf(node), undated = passingEdges(node.n).length - times.length, lost = undated ? el("p", { className: "remark" }, say("undatedFacts", undated)) : null;
  if (!times.length) return lost ? [lost] : [];
  const scale = scaleOf(times), { slots, years, count: places } = bars(times, scale), highest = Math.max(1, ...slots.map(([, found]) => found.length));
  const list = el("div", { className: "when" }), readout = el("p", { className: "readout" }), title = (found) => found.slice(0, 3).map(({ edge }) => `${factLabel(edge, node.n)} ${NODES[otherEnd(edge, node.n)].name}`).join(", ") + (found.length > 3 ? ` ${say("andMore", found.length - 3)}` : "");
  const show = async (key, found, words) => {
    for (const bar of strip.children) bar.setAttribute("aria-pressed", String(bar.dataset.slot === key));
    unfolded.rows.set("slot", key);
    const rows = await longList(`time:${key}`, el("ul", {}), [...found].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : byWeight(a.edge, b.edge))), DATED, (time) => timeRow(time, node.n));
    list.replaceChildren(...(key === "" ? [] : [el("p", { className: "chosen" }, el("span", {}, words), button({ onclick: () => show("", times, "") }, say("wholeTime")))]), ...rows);
  };
  const place = (key, words, found, left, width, children, className) => {
    const bar = button({ className, ariaLabel: `${words}. ${title(found)}`, ariaPressed: "false", tabIndex: -1, onclick: () => show(key, found, words) }, ...children);
    bar.dataset.slot = key;
    bar.style.left = `${left * 100}%`;
    bar.style.width = `${width * 100}%`;
    const tellBar = () => { readout.textContent = `${words} · ${title(found)}`; };
    Object.assign(bar, { onpointerenter: tellBar, onfocus: tellBar, onpointerleave: () => { readout.textContent = say("barKey"); }, onblur: () => { readout.textContent = say("barKey"); } });
    return bar;
  };
  const part = (share, className) => { const piece = el("i", { className }); piece.style.height = `${share}%`; return piece; };
  const height = (found) => Math.max(Math.sqrt(found / highest) * 100, 6); // by the root, so that years with few are seen
  const exact = slots.map(([n, found]) => { const stated = found.filter((time) => time.stated).length; return place(String(n), say("bar", nameOfSlot[scale.unit](n), found.length), found, (n - scale.first) / places, 1 / places, [part((height(found.length) * (found.length - stated)) / found.length, "light"), part((height(found.length) * stated) / found.length, "dark")], "bar"); });
  const startOf = (year) => Math.max(ordinal[scale.unit](`${year}-01-01`), scale.first), endOf = (year) => Math.min(ordinal[scale.unit](`${year}-12-31`), scale.last);
  const whole = years.map(([year, found]) => place(`y${year}`, say("wholeYear", String(year), found.length), found, (startOf(year) - scale.first) / places, (endOf(year) - startOf(year) + 1) / places, [], "whole"));
  const strip = el("div", { className: years.length ? "strip coarse" : "strip", role: "group", ariaLabel: say("chronicle") }, ...exact, ...whole);
  strip.firstElementChild.tabIndex = 0;
  strip.onkeydown = (event) => walkStrip(strip, event);
  readout.textContent = say("barKey");
  const key = unfolded.rows.get("slot"), known = [...strip.children].find((bar) => bar.dataset.slot === key);
  if (known) known.click(); else await show("", times, "");
  const drawing = strip.childElementCount > 1 ? [strip, axis(scale), readout] : []; // a single bar says nothing
  return [el("h3", {}, say("chronicle"), el("span", {}, inDigits(times.length))), ...drawing, list, lost];
};
const walkStrip = (strip, event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], all = [...strip.children], next = all[all.indexOf(document.activeElement) + step];
  if (!step || !next) return;
  event.preventDefault();
  document.activeElement.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
};
const timeRow = ({ edge, date, stated }, n) => el("li", { className: stated ? "" : "reported" },
  button({ onclick: () => go("relation", edge.id) }, el("span", { className: "date" }, date, stated ? null : el("small", {}, ` ${say("reportedOn")}`)), el("span", {}, `${factLabel(edge, n)} `, el("b", {}, NODES[otherEnd(edge, n)].name), edge.status === "actual" ? null : badge(edge.status))));
