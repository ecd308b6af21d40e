// The filters that are on, as chips above the graph: one always sees why something is missing, and takes it back there.
Object.assign(WORDS.ko, {
  active: "켜진 필터", without: (names) => `${names} 제외`, just: (names) => `${names}만`, withoutSome: (title, n) => `${title} ${n}개 제외`, withoutAny: (title) => `${title} 모두 제외`,
  takeBack: (name) => `필터 지우기: ${name}`, reset: (n) => `필터 초기화 ${n}`, noneLeft: "조건에 맞는 관계가 없습니다", resetAll: "필터 초기화",
});
Object.assign(WORDS.en, {
  active: "Active filters", without: (names) => `without ${names}`, just: (names) => `only ${names}`, withoutSome: (title, n) => `${title}: ${n} off`, withoutAny: (title) => `${title}: all off`,
  takeBack: (name) => `Clear filter: ${name}`, reset: (n) => `Reset filters ${n}`, noneLeft: "Nothing meets the filters", resetAll: "Reset filters",
});

const kindChip = ({ group, title, keys, label }) => {
  const hidden = state.view.hidden[group], left = keys().filter((key) => !hidden.includes(key)), named = (some) => some.map(label).join(", ");
  if (!hidden.length) return null;
  const words = !left.length ? say("withoutAny", say(title)) : hidden.length <= 2 ? say("without", named(hidden)) : left.length <= 2 ? say("just", named(left)) : say("withoutSome", say(title), hidden.length);
  return { words, clear: (view) => { view.hidden[group] = []; } };
};
const rangeChip = ({ word, of, start, says }) => {
  const at = of(state.view);
  return at <= start() ? null : { words: `${say(word)} ${says(at)}`, clear: (view) => { Object.assign(view, word === "confidence" ? { confidence: 0 } : { sources: 1 }); } };
};
const timeChip = () => (state.view.from === null && state.view.to === null ? null : { words: periodText(state.view.from, state.view.to), clear: (view) => { view.from = view.to = null; } });
const activeFilters = () => [...GROUPS.map(kindChip), ...RANGES.map(rangeChip), timeChip()].filter(Boolean);

const resetFilters = () => change((view) => {
  const { hidden, confidence, sources, from, to } = untouched();
  Object.assign(view, { hidden, confidence, sources, from, to });
});

const renderActive = () => {
  const box = byId("active"), focused = box.contains(document.activeElement), chips = activeFilters();
  const cross = () => svg("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: "m3 3 6 6M9 3 3 9" }));
  const text = JSON.stringify([state.language, chips.map(({ words }) => words)]);
  if (box.dataset.shown === text) return;
  box.dataset.shown = text;
  box.hidden = !chips.length;
  box.ariaLabel = say("active");
  const one = ({ words, clear }) => button({ className: "chip", title: say("takeBack", words), ariaLabel: say("takeBack", words), onclick: () => change(clear) }, el("span", {}, words), cross());
  box.replaceChildren(...(chips.length ? [...chips.map(one), button({ className: "reset", onclick: resetFilters }, say("reset", chips.length))] : []));
  if (focused) (box.querySelector("button") || byId("graph")).focus();
};

const renderEmpty = () => {
  const some = activeFilters().length > 0;
  byId("empty").replaceChildren(el("span", {}, say(some ? "noneLeft" : "empty")), ...(some ? [button({ onclick: resetFilters }, say("resetAll"))] : []));
};

const startActive = () => {
  byId("stage").append(el("div", { id: "over" }, el("div", { id: "chips" }, el("div", { id: "active", role: "group", hidden: true }))));
  renderActive();
  watch(renderActive);
};
