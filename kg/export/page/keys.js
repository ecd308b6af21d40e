// Keys: which there are, and a switch for those of one letter, which whoever dictates or slips presses without meaning
// to (WCAG 2.2, 2.1.4). Plus, minus and zero act on the drawing alone while it has focus, so they always stay.
Object.assign(WORDS.ko, {
  keys: "단축키", letterKeys: "한 글자 단축키 쓰기", keyOf: { search: "이름 검색", table: "표와 그래프 바꾸기", act: "고른 개체: 초점, 경로, 숨기기, 고정", open: "고른 개체의 이웃 펼치기", walk: "이웃에서 이웃으로", move: "그래프 옮기기", zoom: "확대, 축소, 전체", back: "되돌리기, 다시 하기", leave: "닫기, 그만두기" },
});
Object.assign(WORDS.en, {
  keys: "Keys", letterKeys: "Use keys of one letter", keyOf: { search: "Search names", table: "Table or graph", act: "Chosen entity: focus, path, hide, pin", open: "Open the neighbours of the chosen entity", walk: "From neighbour to neighbour", move: "Move the graph", zoom: "Zoom in, out, show all", back: "Undo, redo", leave: "Close, cancel" },
});

const KEYS_SHOWN = { search: ["/"], table: ["T"], act: ["F", "P", "H", "K"], open: ["Enter"], walk: ["←", "→", "↑", "↓"], move: ["Shift ←", "→", "↑", "↓"], zoom: ["+", "−", "0"], back: ["Ctrl Z", "Ctrl Shift Z"], leave: ["Esc"] };
const OF_LETTERS = ["search", "table", "act"];

// Where the browser keeps nothing (a notebook's frame, some files from disk), the choice lasts as long as the page.
const KEPT_AS = "kg.letterKeys";
const keptChoice = () => { try { return localStorage.getItem(KEPT_AS); } catch { return null; } };
let letterKeys = keptChoice() !== "off";
const useLetterKeys = (on) => {
  letterKeys = on;
  try { localStorage.setItem(KEPT_AS, on ? "on" : "off"); } catch { /* nothing is kept here */ }
  renderKeys();
  renderChrome();
  changed();
};
// Whether a key of one letter is meant as one: they are on, none of the other keys is held, and nobody writes.
const meantAsKey = (event) => letterKeys && !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target.closest && event.target.closest("input:not([type=checkbox], [type=range]), textarea, select"));
const withKey = (word, key) => (letterKeys ? `${word} (${key})` : word);

const keysSheet = inLanguage(() => {
  const choice = el("input", { type: "checkbox", checked: letterKeys, onchange: () => useLetterKeys(choice.checked) });
  const rows = Object.entries(KEYS_SHOWN).flatMap(([name, keys]) => {
    const row = [el("dt", {}, say("keyOf")[name]), el("dd", {}, ...keys.map((key) => el("kbd", {}, key)))];
    for (const part of OF_LETTERS.includes(name) ? row : []) part.dataset.letters = "";
    return row;
  });
  const element = el("details", { id: "keys" }, el("summary", {}, say("keys")), el("label", {}, choice, el("span", {}, say("letterKeys"))), el("dl", {}, ...rows));
  return { element, choice };
});
const renderKeys = () => {
  keysSheet().choice.checked = letterKeys;
  document.body.dataset.keys = letterKeys ? "on" : "off";
  if (letterKeys) byId("form-table").setAttribute("aria-keyshortcuts", "t"); else byId("form-table").removeAttribute("aria-keyshortcuts");
};
