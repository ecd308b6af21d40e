// Header, keys, pointer: everything that reacts to the reader.
const query = byId("query"), results = byId("results"), tip = byId("tip");

let hits = [], current = 0;
const renderResults = () => {
  hits = find(query.value);
  current = Math.min(current, Math.max(hits.length - 1, 0));
  const open = query.value.trim() !== "" && document.activeElement === query;
  results.hidden = !open;
  query.setAttribute("aria-expanded", String(open));
  const rows = hits.map(({ node, name }, i) => {
    const row = el("li", { role: "option", id: `hit-${i}`, ariaSelected: String(i === current), onmousedown: (event) => { event.preventDefault(); choose(i); } },
      typeIcon(node.type), el("span", {}, node.name), name === node.name ? "" : el("span", { className: "also" }, name), el("small", {}, typeName(node)));
    return row;
  });
  results.replaceChildren(...(rows.length ? rows : [el("li", { className: "none", role: "option", ariaDisabled: "true", ariaSelected: "false" }, say("none"))]));
  if (open && rows.length) query.setAttribute("aria-activedescendant", `hit-${current}`); else query.removeAttribute("aria-activedescendant");
  if (open) aloud(rows.length ? say("hits", rows.length) : say("none"));
};
const choose = (i) => {
  if (!hits[i]) return;
  const { node } = hits[i];
  query.value = "";
  query.blur();
  renderResults();
  pick(node.n, false);
};

const renderChrome = () => {
  document.documentElement.lang = state.language;
  byId("counts").textContent = say("counts", NODES.length, EDGES.length, ARTICLES.length);
  query.placeholder = say("search");
  byId("language").textContent = say("switch");
  const titled = { theme: "theme", menu: "menu", "zoom-in": "zoomIn", "zoom-out": "zoomOut", "zoom-fit": "fit" };
  for (const [id, word] of Object.entries(titled)) Object.assign(byId(id), { title: say(word), ariaLabel: say(word) });
  query.ariaLabel = say("search");
  byId("graph").ariaLabel = letterKeys ? `${say("graph")} ${say("graphKey")}` : say("graph");
  byId("legend").ariaLabel = say("menu");
};

const useTheme = (dark) => {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  readColours();
};

const showTip = (at, title, detail) => {
  tip.replaceChildren(title, el("small", {}, detail));
  tip.hidden = false;
  const stage = byId("stage");
  tip.style.left = `${Math.min(at.x + 14, stage.clientWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(at.y + 14, stage.clientHeight - tip.offsetHeight - 8)}px`;
};

// What a tip tells of may have moved or gone: after any change or move it waits for the pointer again.
const hideTip = () => { state.hovered = null; tip.hidden = true; };

const nameAt = ({ x, y }) => labelBoxes.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);

const selectLine = (id) => {
  const { edges } = scene.lines.get(id);
  if (edges.length === 1) go("relation", edges[0].id);
  else go("pair", [edges[0].from, edges[0].to].map((n) => NODES[n].id).join(","));
};
const describeLine = ({ edges }) => {
  const [first] = edges, type = CONTEXT.relationTypes[first.type];
  const names = `${NODES[first.from].name} ${type.symmetric ? "–" : "→"} ${NODES[first.to].name}`;
  if (edges.length > 1) return [`${NODES[first.from].name} – ${NODES[first.to].name}`, [...new Set(edges.map((edge) => labelOf(CONTEXT.relationTypes[edge.type])))].join(" · ")];
  return [names, `${labelOf(type)} · ${labelOf(CONTEXT.statuses[first.status])} · ${[say("proof", first.in.length), sourceCount(first)].filter(Boolean).join(" · ")}`];
};

// The first click of two may move the drawing, so what was clicked twice is what was there at the first.
const TWICE = { within: 500, near: 10 }; // milliseconds, pixels
let pressed = { at: -Infinity, x: 0, y: 0, n: null };

const listenGraph = () => {
  let down = 0; // when the pointer last came down: it may come up late where the drawing takes long
  byId("graph").addEventListener("pointerdown", ({ timeStamp }) => { down = timeStamp; }, true);
  network.on("click", ({ nodes, edges, pointer, event }) => {
    const { x, y } = pointer.DOM, { shiftKey } = event.srcEvent, before = pressed, name = nodes.length ? null : nameAt(pointer.DOM);
    pressed = { at: down, x, y, n: null };
    if (down - before.at < TWICE.within && Math.hypot(x - before.x, y - before.y) < TWICE.near) {
      if (before.n !== null) expand(before.n);
      pressed.at = -Infinity;
    } else if (nodes.length || name) {
      const n = nodes.length ? nodes[0] : name.id;
      if (picking === null && !shiftKey) pressed.n = n;
      pick(n, shiftKey);
    } else if (edges.length) selectLine(edges[0]);
    else if (state.selected) go(null);
  });
  network.on("hoverNode", ({ node, pointer }) => {
    state.hovered = node;
    showTip(pointer.DOM, NODES[node].name, `${typeName(NODES[node])} · ${say("degree", NODES[node].degree)}`);
  });
  network.on("hoverEdge", ({ edge, pointer }) => showTip(pointer.DOM, ...describeLine(scene.lines.get(edge))));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hideTip);
  byId("graph").addEventListener("pointerleave", hideTip);
  watch(hideTip);
  network.on("dragEnd", ({ nodes }) => {
    if (!nodes.length) return;
    const moved = nodes.map((n) => [NODES[n].id, network.getPosition(n)]);
    change((view) => { for (const [id, spot] of moved) pinAt(view, id, spot); });
  });
};

const listenKeys = () => {
  query.addEventListener("input", () => { current = 0; renderResults(); });
  query.addEventListener("focus", renderResults);
  query.addEventListener("blur", () => { results.hidden = true; query.setAttribute("aria-expanded", "false"); });
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { current = (current + step + hits.length) % (hits.length || 1); renderResults(); event.preventDefault(); }
    if (event.key === "Enter" && !event.isComposing) choose(current);
  });
  byId("search").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    if (event.key === "/" && meantAsKey(event)) { event.preventDefault(); query.focus(); query.select(); }
    if (event.key !== "Escape") return;
    if (document.activeElement === query) { query.value = ""; renderResults(); query.blur(); } else if (state.selected) go(null);
  });
};

const listenButtons = () => {
  byId("zoom-in").onclick = () => zoomBy(1.4);
  byId("zoom-out").onclick = () => zoomBy(1 / 1.4);
  byId("zoom-fit").onclick = () => fitAll(motion(300));
  byId("theme").onclick = () => { useTheme(document.documentElement.dataset.theme !== "dark"); redraw(); };
  byId("language").onclick = () => {
    state.language = state.language === "ko" ? "en" : "ko";
    renderChrome(); renderPanel(); changed(); network.redraw();
  };
};

// What tests and curious readers may call; ids are those of the graph, places are in pixels of the window.
const idsOf = (numbers) => [...numbers].map((n) => NODES[n].id);
const inWindow = (point) => {
  const { x, y } = network.canvasToDOM(point), box = byId("graph").getBoundingClientRect();
  return [box.left + x, box.top + y];
};
const lineOf = (id) => [...scene.lines].find(([, { edges }]) => edges.some((edge) => edge.id === id))[0];
window.page = {
  state, find, go, undo, redo, change, sharedLink, ready: null,
  expand: (id) => expand(nodeById().get(id).n),
  place: (id) => inWindow(spotOf(nodeById().get(id).n)),
  middle: (id) => inWindow(network.body.edges[lineOf(id)].edgeType.getPoint(0.5)),
  nodes: () => idsOf(scene.nodes),
  edges: () => [...scene.lines.values()].flatMap(({ edges }) => edges.map((edge) => edge.id)),
};

const start = async () => {
  await load();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  useTheme(dark.matches);
  dark.addEventListener("change", () => { useTheme(dark.matches); redraw(); });
  adopt(parameters().get("view"));
  renderChrome();
  placeTimeline();
  startView();
  renderLegend();
  startTable();
  startAccess();
  renderKeys();
  startSheets();
  startPrint();
  watch(renderLegend);
  startActive();
  startTimeline();
  startExploring();
  window.page.network = network;
  listenGraph();
  listenKeys();
  listenButtons();
  addEventListener("hashchange", arrive);
  noteArrival();
  route();
  for (const make of [nodeById, searchIndex]) (window.requestIdleCallback || setTimeout)(make);
};
start();
