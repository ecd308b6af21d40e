// The sliders of the legend: the least confidence and the least number of independent sources.
Object.assign(WORDS.ko, { atLeast: "최소 조건", anyValue: "제한 없음", percentUp: (n) => `${n}% 이상`, sourcesUp: (n) => `${n}곳 이상`, independentSources: "독립 출처", meeting: (n) => `관계 ${n}개` });
Object.assign(WORDS.en, { atLeast: "At least", anyValue: "any", percentUp: (n) => `${n}% or more`, sourcesUp: (n) => `${n} or more`, independentSources: "Independent sources", meeting: (n) => `${n} ${n === "1" ? "relation" : "relations"}` });

const SOURCES_END = 10; // of the slider
const lowest = onceMade(() => EDGES.reduce((least, edge) => Math.min(least, edge.confidence), 1));
const highest = onceMade(() => EDGES.reduce((most, edge) => Math.max(most, edge.confidence), 0));

// `start` is where the slider asks nothing; `from` and `to` turn its position into what the view holds, and back.
const RANGES = [
  { name: "confidence", word: "confidence", step: 5, start: () => Math.floor(lowest() * 20) * 5, end: () => Math.floor(highest() * 20) * 5,
    of: (view) => Math.round(view.confidence * 100), set: (view, at, start) => { view.confidence = at <= start ? 0 : at / 100; },
    says: (at) => say("percentUp", at), test: (edge, at) => edge.confidence >= at / 100 },
  { name: "sources", word: "independentSources", step: 1, start: () => 1, end: () => Math.min(mostSources(), SOURCES_END),
    of: (view) => view.sources, set: (view, at) => { view.sources = at; },
    says: (at) => say("sourcesUp", at), test: (edge, at) => edge.sources >= at },
];

// How many relations meet a least value, whatever the other filters; each asked for is counted once.
const meetingBefore = new Map();
const meeting = ({ name, test }, at) => {
  const key = `${name} ${at}`;
  if (!meetingBefore.has(key)) meetingBefore.set(key, EDGES.reduce((count, edge) => count + (test(edge, at) ? 1 : 0), 0));
  return meetingBefore.get(key);
};

const makeRange = (range) => {
  const start = range.start(), input = el("input", { type: "range", id: `least-${range.name}`, min: start, max: range.end(), step: range.step });
  const value = el("output", {}), count = el("small", {}), edit = gestureOn(input);
  const name = el("label", { htmlFor: input.id });
  input.addEventListener("input", () => { const at = Number(input.value); show(at); edit((view) => range.set(view, at, start)); });
  const show = (at) => {
    const open = at <= start;
    value.textContent = open ? say("anyValue") : range.says(at);
    count.textContent = say("meeting", meeting(range, at));
    input.setAttribute("aria-valuetext", `${value.textContent}, ${count.textContent}`);
    input.style.setProperty("--filled", `${(100 * (between(at, start, Number(input.max)) - start)) / (Number(input.max) - start)}%`);
  };
  const update = () => {
    const at = Math.max(range.of(state.view), start);
    name.textContent = say(range.word);
    if (Number(input.value) !== at) input.value = at;
    show(at);
  };
  return { update, element: el("div", { className: "least" }, el("div", {}, name, value), input, count) };
};
// Sliders that have something to tell apart.
const ranges = onceMade(() => RANGES.filter((range) => range.start() < range.end()).map(makeRange));
