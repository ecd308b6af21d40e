// On small screens the legend comes and goes, and the panel is a sheet at the bottom that can be drawn up and down.
Object.assign(WORDS.ko, { higher: "자세히 창 높이기", lower: "자세히 창 낮추기" });
Object.assign(WORDS.en, { higher: "Draw details up", lower: "Draw details down" });

const SHEET = { low: 0.56, high: 0.94, least: 0.25 }; // shares of the height; below the least it closes
const narrow = matchMedia("(max-width: 860px)");
const grip = byId("grip");
let sheetHigh = false;

const showLegend = (shown) => {
  byId("legend").toggleAttribute("data-away", !shown);
  byId("menu").ariaExpanded = String(shown);
};
const setSheet = (share) => document.documentElement.style.setProperty("--sheet", `${(share * 100).toFixed(1)}%`);
const rest = (high) => {
  sheetHigh = high;
  setSheet(high ? SHEET.high : SHEET.low);
  renderSheetWords();
};
const renderSheetWords = () => {
  grip.ariaLabel = say(sheetHigh ? "lower" : "higher");
  grip.ariaExpanded = String(sheetHigh);
};

const listenGrip = () => {
  let drag = null; // {from, share}: where the finger came down, and what it has made of the sheet
  const whole = () => grip.parentElement.clientHeight;
  grip.addEventListener("pointerdown", (event) => {
    drag = { from: event.clientY, start: panel.offsetHeight / whole(), share: null };
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (!drag || (drag.share === null && Math.abs(event.clientY - drag.from) < 6)) return;
    drag.share = Math.min(Math.max(drag.start + (drag.from - event.clientY) / whole(), 0.1), SHEET.high);
    setSheet(drag.share);
  });
  const drop = () => {
    const share = drag && drag.share;
    drag = null;
    if (share === null) return;
    grip.dataset.dragged = ""; // the click that ends a drag is none
    setTimeout(() => delete grip.dataset.dragged);
    if (share < SHEET.least) { rest(false); go(null); } else rest(share > (SHEET.low + SHEET.high) / 2);
  };
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", drop);
  grip.addEventListener("click", () => { if (!("dragged" in grip.dataset)) rest(!sheetHigh); });
};

const startSheets = () => {
  showLegend(!narrow.matches);
  narrow.addEventListener("change", () => showLegend(!narrow.matches)); // a window made narrow shows the graph
  const legendOpen = () => narrow.matches && !byId("legend").hasAttribute("data-away");
  byId("menu").onclick = () => showLegend(byId("legend").hasAttribute("data-away"));
  byId("stage").addEventListener("pointerdown", () => { if (legendOpen()) showLegend(false); }, true);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !legendOpen()) return;
    event.stopImmediatePropagation();
    showLegend(false);
    byId("menu").focus();
  }, true);
  watch(renderSheetWords);
  renderSheetWords();
  grip.hidden = false;
  listenGrip();
};
