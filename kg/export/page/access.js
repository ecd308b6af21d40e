// For those who do not see or do not point: what changes is said, focus goes where the reading goes, nothing is a trap.
Object.assign(WORDS.ko, {
  skip: "본문으로 건너뛰기", headTools: "보기와 도구", results: "검색 결과", hits: (n) => `검색 결과 ${n}건`, zoomTools: "확대와 축소", panel: "자세히",
  inWords: (n, e) => `개체 ${n}개와 관계 ${e}개를 그린 그림입니다. Shift와 방향키로 옮기고 +, -, 0 키로 확대·축소합니다.`, tableKey: "같은 내용을 표로 보려면 t 키를 누르세요.",
  seen: (n, e) => `개체 ${n}개, 관계 ${e}개 표시`, selectedEntity: (name, type, n) => `${name}, ${type}, 관계 ${n}`, selectedPair: (a, b, n) => `${a}, ${b}, 관계 ${n}`, selectedNone: "선택 해제",
});
Object.assign(WORDS.en, {
  skip: "Skip to content", headTools: "View and tools", results: "Search results", hits: (n) => `${n} ${n === "1" ? "result" : "results"}`, zoomTools: "Zoom", panel: "Details",
  inWords: (n, e) => `A drawing of ${n} entities and ${e} relations. Shift and arrow keys move it; plus, minus and zero zoom.`, tableKey: "Press t for the same as tables.",
  seen: (n, e) => `${n} ${n === "1" ? "entity" : "entities"} and ${e} ${e === "1" ? "relation" : "relations"} shown`, selectedEntity: (name, type, n) => `${name}, ${type}, ${n} ${n === "1" ? "relation" : "relations"}`, selectedPair: (a, b, n) => `${a}, ${b}, ${n} ${n === "1" ? "relation" : "relations"}`, selectedNone: "Nothing selected",
});

// Said once things are quiet, so that a run of changes is one sentence. What an action says of itself goes before what
// is said of its effects.
const EFFECTS = 600; // milliseconds in which they follow
let saying = null, announced = -Infinity;
const speak = (text) => {
  clearTimeout(saying);
  saying = setTimeout(() => { byId("said").textContent = text; }, 250);
};
const announce = (text) => { announced = performance.now(); speak(text); };
const aloud = (text) => { if (performance.now() - announced > EFFECTS) speak(text); };

const describeSelected = ({ kind, n, ends, edges }) => {
  if (kind === "entity") return say("selectedEntity", NODES[n].name, typeName(NODES[n]), edgesAt[n].length);
  if (kind !== "relation") return say("selectedPair", ...ends.map((end) => NODES[end].name), edges.length);
  return describeLine({ edges }).join(", ");
};

// The place that reading goes on from: the table or the drawing, whichever is shown.
const mainPart = () => byId(tableForm() ? "table" : "graph");

let opener = null, openBefore = false; // where focus was before the panel opened
let last = null; // what had focus last, or the drawing where it was pressed
let inside = false; // whether that was in the panel
const remember = (element) => { last = element; inside = panel.contains(element); };
const openerNow = () => {
  const row = last && last.closest("tr[data-id]");
  return { element: last, row: row && row.dataset.id };
};
// Focus enters a panel that search or the table opened, stays in the drawing otherwise, and goes back as the panel
// closes: to the row, if need be drawn anew. A search field is left for good: on a phone its keyboard would come up.
const followPanel = () => {
  const open = !panel.hidden, { activeElement } = document, lost = activeElement === document.body || panel.contains(activeElement);
  if (open && !openBefore) {
    opener = openerNow();
    if (last && (last === query || byId("table").contains(last))) panel.focus({ preventScroll: true });
  } else if (open && inside && activeElement === document.body) panel.focus({ preventScroll: true });
  if (!open && openBefore && lost) {
    const row = opener.row && byId("rows").querySelector(`tr[data-id="${CSS.escape(opener.row)}"] button`);
    const element = opener.element && opener.element.isConnected && opener.element !== query && opener.element.checkVisibility({ visibilityProperty: true }) ? opener.element : mainPart();
    (row || element).focus({ preventScroll: true });
  }
  if (open) panel.ariaLabel = describeSelected(state.selected);
  if (open || openBefore) aloud(open ? describeSelected(state.selected) : say("selectedNone"));
  openBefore = open;
  markRow();
};

// Zooming by key; Shift and an arrow move the drawing.
const STEP = 80; // pixels
const steer = (event) => {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }, move = event.shiftKey && moves[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (move) {
    const { x, y } = network.getViewPosition(), scale = network.getScale();
    network.moveTo({ position: { x: x + (move[0] * STEP) / scale, y: y + (move[1] * STEP) / scale } });
    settled();
  } else if (event.key === "+" || event.key === "=") zoomBy(1.4);
  else if (event.key === "-") zoomBy(1 / 1.4);
  else if (event.key === "0") fitAll(motion(300));
  else return;
  event.preventDefault();
  event.stopPropagation();
};

const renderAccessWords = () => {
  byId("skip").textContent = say("skip");
  document.querySelector("nav").ariaLabel = say("headTools");
  byId("zoom").ariaLabel = say("zoomTools");
  results.ariaLabel = say("results");
  if (!state.selected) panel.ariaLabel = say("panel");
  byId("graph-words").textContent = [say("inWords", scene.nodes.size, scene.drawn), letterKeys ? say("tableKey") : ""].join(" ").trim();
};

const startAccess = () => {
  byId("skip").onclick = () => mainPart().focus();
  byId("graph").addEventListener("keydown", steer, true);
  addEventListener("focusin", ({ target }) => remember(target));
  byId("stage").addEventListener("pointerdown", ({ target }) => { if (byId("graph").contains(target)) remember(byId("graph")); }, true);
  // vis-network makes its own frame a second stop on the way through the page.
  byId("graph").firstElementChild.removeAttribute("tabindex");
  watch(() => { renderAccessWords(); aloud(tableForm() ? countsListed(tableForm()) : say("seen", scene.nodes.size, scene.drawn)); });
  renderAccessWords();
  new MutationObserver(followPanel).observe(panel, { childList: true, attributes: true, attributeFilter: ["hidden"] });
};
