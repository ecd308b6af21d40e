// What the reader does with entities: focus, path, hide, pin; undo and share; and walking the graph by keyboard.
Object.assign(WORDS.ko, {
  focus: "초점", pathTo: "경로", hide: "숨기기", unhide: "다시 보이기", pin: "고정", unpin: "고정 풀기",
  undo: "되돌리기", redo: "다시 하기", share: "링크 복사", shared: "지금 화면의 링크를 복사했습니다", notCopied: "복사하지 못했습니다. 주소창의 주소를 쓰세요",
  focusChip: (name, others, hops) => `${name}${others === "0" ? "" : ` 외 ${others}`} 둘레 ${hops}단계`, nearer: "한 단계 좁게", further: "한 단계 넓게", endFocus: "초점 끝내기",
  withheld: (n) => `+${n} 더 보기`, hiddenChip: (n) => `숨긴 개체 ${n}`, showHidden: "숨긴 개체를 모두 다시 보이기", pinsChip: (n) => `고정 ${n}`, freePins: "고정 모두 풀기",
  pathChip: (a, b) => `${a} → ${b} 경로`, endPath: "경로 끝내기", pickEnd: (name) => `${name}에서 시작하는 경로: 도착할 개체를 고르세요`, cancel: "취소", endHint: "검색하거나 그래프에서 누르세요",
  walked: (name, type, fact, i, k) => `${name}, ${type}${fact ? `, ${fact}` : ""}${k === "0" ? "" : `, 이웃 ${k} 중 ${i}`}`, expanded: (name, n) => `${name} 둘레의 개체 ${n}개 표시`, undone: "되돌렸습니다", redone: "다시 했습니다", tools: "도구", held: "보고 있는 범위",
});
Object.assign(WORDS.en, {
  focus: "Focus", pathTo: "Path", hide: "Hide", unhide: "Show again", pin: "Pin", unpin: "Unpin",
  undo: "Undo", redo: "Redo", share: "Copy link", shared: "Copied a link to this view", notCopied: "Could not copy; use the address bar",
  focusChip: (name, others, hops) => `${hops} ${hops === "1" ? "step" : "steps"} around ${name}${others === "0" ? "" : ` and ${others} more`}`, nearer: "One step less", further: "One step more", endFocus: "End focus",
  withheld: (n) => `+${n} more`, hiddenChip: (n) => `${n} hidden`, showHidden: "Show all hidden entities again", pinsChip: (n) => `${n} pinned`, freePins: "Unpin all",
  pathChip: (a, b) => `Path ${a} → ${b}`, endPath: "End path", pickEnd: (name) => `Choose where the path from ${name} ends`, cancel: "Cancel", endHint: "Search, or click in the graph",
  walked: (name, type, fact, i, k) => `${name}, ${type}${fact ? `, ${fact}` : ""}${k === "0" ? "" : `, neighbour ${i} of ${k}`}`, expanded: (name, n) => `${n} ${n === "1" ? "entity" : "entities"} with ${name}`, undone: "Undone", redone: "Done again", tools: "Tools", held: "What is looked at",
});

const ICONS = {
  focus: ["M10 3v3M10 14v3M3 10h3M14 10h3", "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"], pathTo: ["M5 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM15 12.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z", "M7 5.5h5a3 3 0 0 1 0 5H8a3 3 0 0 0 0 5h5"],
  hide: ["M3 10s2.5-5 7-5 7 5 7 5-2.5 5-7 5-7-5-7-5z", "m4 16 12-12"], unhide: ["M3 10s2.5-5 7-5 7 5 7 5-2.5 5-7 5-7-5-7-5z", "M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"],
  pin: ["M7 3h6l-1 5 3 3H5l3-3z", "M10 11v6"], unpin: ["M7 3h6l-1 5 3 3H5l3-3z", "M10 11v6M3 3l14 14"],
  undo: ["M7 5 3.5 8.5 7 12", "M4 8.5h7.5a4 4 0 0 1 0 8H9"], redo: ["m13 5 3.5 3.5L13 12", "M16 8.5H8.5a4 4 0 0 0 0 8H11"],
  share: ["M8.5 11.5a3 3 0 0 0 4.300 0l2.700-2.700a3 3 0 0 0-4.300-4.300L10 5.700", "M11.5 8.5a3 3 0 0 0-4.300 0l-2.700 2.700a3 3 0 0 0 4.300 4.300L10 14.300"], save: ["M10 3v9m0 0-3.5-3.5M10 12l3.5-3.5", "M4 13v3h12v-3"],
  copy: ["M7 7h9v9H7z", "M4 13V4h9"], back: ["m12 5-5 5 5 5"], on: ["m8 5 5 5-5 5"], cross: ["m6 6 8 8M14 6l-8 8"], minus: ["M5 10h10"], plus: ["M10 5v10M5 10h10"],
};
const symbol = (name) => svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, ...ICONS[name].map((d) => svg("path", { d })));
const iconButton = (name, word, onclick, properties = {}) => button({ title: word, ariaLabel: word, onclick, ...properties }, symbol(name));

// What happened, said for a moment.
const toast = el("p", { id: "toast", hidden: true });
let toastEnds = null;
const tell = (text) => {
  toast.textContent = text;
  toast.hidden = false;
  announce(text);
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => { toast.hidden = true; }, 2600);
};

// Copies by the old command first: it asks for no permission, and works in a file opened from disk.
const copyText = (text, said) => {
  const area = el("textarea", { value: text, readOnly: true, className: "offstage" }), before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before) before.focus({ preventScroll: true });
  if (done) { tell(said); return; }
  const failed = () => tell(say("notCopied"));
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => tell(said), failed); else failed();
};

// What one asks to see among its neighbours is hidden no more.
const bringBack = (view, ids) => { view.away = view.away.filter((id) => !ids.includes(id)); };
const focusOn = (n) => {
  change((view) => { bringBack(view, [NODES[n].id]); view.path = null; view.focus = { ids: [NODES[n].id], hops: 1, most: mostAtFirst() }; });
  fitAll(motion(300));
};
const reach = (edit) => { change((view) => { if (view.focus) edit(view.focus); }); fitAll(motion(300)); };
const leave = () => {
  const { selected } = state;
  change((view) => { view.focus = null; view.path = null; });
  if (selected && selected.kind === "path") go(null);
  else if (selected) moveTo(selected.ends, []);
  else fitAll(motion(300));
};
const isAway = (n) => state.view.away.includes(NODES[n].id);
const toggleAway = (n) => {
  const { id } = NODES[n], gone = isAway(n);
  change((view) => {
    view.away = gone ? view.away.filter((other) => other !== id) : [...view.away, id];
    if (gone) return;
    if (view.path && view.path.includes(id)) view.path = null;
    const ids = view.focus ? view.focus.ids.filter((other) => other !== id) : [];
    view.focus = ids.length ? { ...view.focus, ids } : null;
  });
  if (!gone && state.selected && state.selected.n === n) go(null);
};
const togglePin = (n) => change((view) => { if (pinned.has(n)) unpin(view, NODES[n].id); else pinAt(view, NODES[n].id, spotOf(n)); });
const stepBack = (move, said) => () => { move(); announce(say(said)); };
const undoStep = stepBack(undo, "undone"), redoStep = stepBack(redo, "redone");

// Whoever looks for a path says where it ends by search or by a click; Shift and a click say it at once.
let picking = null; // the number of the node where it begins
const pickFrom = (n) => {
  picking = n;
  renderTools();
  query.focus();
};
const pickNothing = () => { picking = null; renderTools(); };
const pick = (n, joined) => {
  const from = picking ?? (joined && state.selected && state.selected.kind === "entity" ? state.selected.n : null);
  if (from === null || from === n) { go("entity", NODES[n].id); return; }
  picking = null;
  openPath(from, n);
};

const chip = (name, children, close) => { const found = el("div", { className: "hold" }, ...children, iconButton("cross", ...close)); found.dataset.chip = name; return found; };
const chips = () => {
  const { focus, path, away } = state.view, found = [], known = focus ? numbersOf(focus.ids) : [], ends = path ? numbersOf(path) : [];
  if (picking !== null) found.push(chip("picking", [el("span", {}, say("pickEnd", NODES[picking].name), el("small", {}, say("endHint")))], [say("cancel"), pickNothing]));
  if (ends.length === 2) found.push(chip("path", [button({ onclick: () => go("path", path.join(",")) }, say("pathChip", ...ends.map((n) => shorten(NODES[n].name, 12)))), wayLength(ends) === null ? el("small", {}, say("noWayShort")) : null], [say("endPath"), leave]));
  else if (known.length) {
    const label = say("focusChip", shorten(NODES[known[0]].name, 14), known.length - 1, focus.hops);
    found.push(chip("focus", [button({ onclick: () => go("entity", NODES[known[0]].id) }, label),
      iconButton("minus", say("nearer"), () => reach((now) => { now.hops -= 1; }), { disabled: focus.hops <= 1 }), iconButton("plus", say("further"), () => reach((now) => { now.hops += 1; }), { disabled: focus.hops >= HOPS })], [say("endFocus"), leave]));
    if (withheld) { const more = button({ className: "hold", onclick: () => reach((now) => { now.most += MORE; }) }, say("withheld", withheld)); more.dataset.chip = "withheld"; found.push(more); }
  }
  if (away.length) found.push(chip("away", [el("span", {}, say("hiddenChip", away.length))], [say("showHidden"), () => change((view) => { view.away = []; })]));
  if (pinned.size) found.push(chip("pins", [el("span", {}, say("pinsChip", pinned.size))], [say("freePins"), () => { const ids = idsOf(pinned.keys()); change((view) => { for (const id of ids) unpin(view, id); }); }]));
  return found;
};

const hasAddress = location.protocol !== "about:"; // the frame of a notebook has none that a link could name
const tools = el("div", { id: "tools", role: "toolbar" }), holds = el("div", { id: "holds", role: "group" });
// Made anew only where it would differ: while time plays, a button pressed stays the one that is released.
let toolsShown = "";
const renderTools = () => {
  const { focus, path, away } = state.view, text = JSON.stringify([state.language, state.past.length > 0, state.future.length > 0, picking, focus, path, away, [...pinned.keys()], withheld, path && wayLength(numbersOf(path))]);
  if (text === toolsShown) return;
  toolsShown = text;
  const focused = [tools, holds].some((part) => part.contains(document.activeElement)) ? document.activeElement.ariaLabel : null;
  const saveButton = iconButton("save", say("save"), toggleSaves, { ariaHasPopup: "menu", ariaExpanded: String(!saves.hidden) });
  saveButton.id = "save";
  tools.ariaLabel = say("tools");
  tools.replaceChildren(
    el("div", { className: "bar" }, iconButton("undo", `${say("undo")} (Ctrl+Z)`, undoStep, { disabled: !state.past.length }), iconButton("redo", `${say("redo")} (Ctrl+Shift+Z)`, redoStep, { disabled: !state.future.length }),
      hasAddress ? iconButton("share", say("share"), () => copyText(sharedLink(), say("shared"))) : null, saveButton), saves);
  holds.ariaLabel = say("held");
  holds.replaceChildren(...chips());
  holds.hidden = !holds.childElementCount;
  query.placeholder = picking === null ? say("search") : say("pickEnd", NODES[picking].name);
  const again = focused && [...byId("over").querySelectorAll("button")].find((found) => found.ariaLabel === focused && !found.disabled);
  if (again) again.focus(); else if (focused) byId("graph").focus();
};

// Right and left go round the neighbours of a node by their direction, down goes on from the one reached, up goes back.
let walk = { anchor: null, at: null };
const neighboursAround = (n) => {
  const middle = spotOf(n), turn = (other) => { const spot = spotOf(other); return (Math.atan2(spot.y - middle.y, spot.x - middle.x) + 2.5 * Math.PI) % (2 * Math.PI); };
  return [...new Set(passingEdges(n).map((edge) => otherEnd(edge, n)))].filter((other) => other !== n && scene.nodes.has(other)).sort((a, b) => turn(a) - turn(b) || a - b);
};
const arriveAt = (n, anchor, i, k) => {
  walk = { anchor, at: n };
  const edge = anchor === n ? null : passingEdges(n).find((found) => otherEnd(found, n) === anchor);
  try { history.replaceState(null, "", `#entity=${encodeURIComponent(NODES[n].id)}`); route(); } catch { go("entity", NODES[n].id); }
  announce(say("walked", NODES[n].name, typeName(NODES[n]), edge ? factLabel(edge, anchor) : "", i + 1, k));
};
const walkBy = (key) => {
  const here = state.selected && state.selected.kind === "entity" ? state.selected.n : null;
  if (here === null) { const first = Math.min(...scene.nodes); if (Number.isFinite(first)) arriveAt(first, first, 0, 0); return; }
  if (walk.at !== here || key === "ArrowDown") walk = { anchor: here, at: here };
  if (key === "ArrowUp") { arriveAt(walk.anchor, walk.anchor, 0, 0); return; }
  const ring = neighboursAround(walk.anchor);
  if (!ring.length) return;
  const at = ring.indexOf(walk.at), next = at < 0 ? 0 : (at + (key === "ArrowLeft" ? -1 : 1) + ring.length) % ring.length;
  arriveAt(ring[next], walk.anchor, next, ring.length);
};

const expandChosen = (n) => { expand(n); announce(say("expanded", NODES[n].name, scene.nodes.size)); };
const KEYS = { KeyF: focusOn, KeyP: pickFrom, KeyH: toggleAway, KeyK: togglePin, Enter: expandChosen };
const exploreKey = (event) => {
  if (event.key === "Escape" && picking !== null) { pickNothing(); query.value = ""; query.blur(); event.stopImmediatePropagation(); return; }
  const writing = event.target.closest && event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !writing) {
    event.preventDefault();
    (event.shiftKey ? redoStep : undoStep)();
    return;
  }
  const { activeElement } = document, onGraph = [document.body, byId("graph")].includes(activeElement);
  if (event.ctrlKey || event.metaKey || event.altKey || tableForm() || !(onGraph || panel.contains(activeElement))) return;
  if (onGraph && !event.shiftKey && event.key.startsWith("Arrow")) { event.preventDefault(); walkBy(event.key); return; }
  if (!onGraph && event.key === "Enter") return; // presses the button that has focus
  if (KEYS[event.code] && (event.key === "Enter" || letterKeys) && state.selected && state.selected.kind === "entity") { event.preventDefault(); KEYS[event.code](state.selected.n); }
};

// The actions of an entity, as a row of its panel.
const actionRow = (n) => {
  const act = (name, key, onclick, properties = {}) => button({ title: withKey(say(name), key), onclick, ...properties }, symbol(name), el("span", {}, say(name)));
  const row = el("div", { className: "actions" }, act("focus", "F", () => focusOn(n)), act("pathTo", "P", () => pickFrom(n)),
    act(isAway(n) ? "unhide" : "hide", "H", () => toggleAway(n)), act(pinned.has(n) ? "unpin" : "pin", "K", () => togglePin(n), { ariaPressed: String(pinned.has(n)) }));
  return row;
};

const startExploring = () => {
  toast.setAttribute("aria-hidden", "true");
  byId("over").prepend(tools);
  byId("chips").prepend(holds);
  byId("stage").append(toast);
  addEventListener("keydown", exploreKey, true);
  let waits = null; // a moving slider changes the panel once it rests
  watch(() => {
    refreshPath();
    renderTools();
    clearTimeout(waits);
    waits = setTimeout(() => { if (state.selected) renderPanel(true); }, 60);
  });
  renderTools();
};
