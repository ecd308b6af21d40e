// Header, legend, keys, addresses: everything that reacts to the reader.
const byId = (id) => document.getElementById(id);
const query = byId("query"), results = byId("results"), tip = byId("tip");

// The address says what is open, so that back, forward and shared links work.
const go = (kind, id) => { location.hash = kind ? `${kind}=${encodeURIComponent(id)}` : ""; };
const route = () => {
  const [kind, value] = location.hash.slice(1).split("=");
  let id = null;
  try { id = decodeURIComponent(value || ""); } catch { id = null; }
  const known = (kind === "entity" && nodeOf.has(id)) || (kind === "relation" && edgeOf.has(id));
  if (!known && !state.selected) return;
  state.selected = known ? { kind, id } : null;
  renderPanel();
  const ends = !known ? [] : kind === "entity" ? [id] : [edgeOf.get(id).from, edgeOf.get(id).to];
  if (!reveal(ends)) repaint();
  if (known) {
    openFilters(kind, id, ends);
    moveTo(ends, kind === "entity" ? neighbours(id).map((node) => node.id).filter((other) => visibleNodes.has(other)) : []);
  }
};

// What is asked for by name or link is shown even where a filter hides its kind.
const openFilters = (kind, id, ends) => {
  const { type, status, relation } = state.hidden;
  const before = type.size + status.size + relation.size;
  for (const end of ends) type.delete(nodeOf.get(end).type);
  if (kind === "relation") { status.delete(edgeOf.get(id).status); relation.delete(edgeOf.get(id).type); }
  if (kind === "entity" && !edgesAt.get(id).some((edge) => visibleEdges.has(edge.id))) { status.clear(); relation.clear(); }
  if (type.size + status.size + relation.size !== before) { refresh(); renderLegend(); }
};

const switchRow = (name, on, flip, icon, label, count) => {
  const row = button({ className: "filter", ariaPressed: String(on), onclick: () => { flip(); renderLegend(); } }, icon, el("span", {}, label), el("span", { className: "count" }, count.toLocaleString(state.language)));
  row.dataset.filter = name;
  return row;
};

const filterRow = (group, key, icon, label, count) => {
  const hidden = state.hidden[group];
  const flip = () => { if (!hidden.delete(key)) hidden.add(key); refresh(); };
  return switchRow(`${group}:${key}`, !hidden.has(key), flip, icon, label, count);
};

const filterSection = (group, title, rows) => {
  const keys = rows.map((row) => row.dataset.filter.slice(group.length + 1)), hidden = state.hidden[group];
  const toggle = () => { if (hidden.size) hidden.clear(); else keys.forEach((key) => hidden.add(key)); refresh(); renderLegend(); };
  return el("section", { ariaLabel: title }, el("h2", {}, title, button({ onclick: toggle }, say(hidden.size ? "all" : "nothing"))), ...rows);
};

const renderLegend = () => {
  const legend = byId("legend"), focused = document.activeElement && document.activeElement.dataset.filter;
  const types = tally(NODES, "type"), statuses = tally(EDGES, "status"), relations = tally(EDGES, "type");
  const typeRows = tops.filter((t) => types.has(t)).map((t) => filterRow("type", t, typeIcon(t), labelOf(CONTEXT.entityTypes[t]), types.get(t)));
  const statusRows = Object.keys(CONTEXT.statuses).filter((s) => statuses.has(s)).map((s) => filterRow("status", s, statusIcon(s), labelOf(CONTEXT.statuses[s]), statuses.get(s)));
  const order = [...relations].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const relationRows = order.map(([r, count]) => filterRow("relation", r, "", labelOf(CONTEXT.relationTypes[r]), count));
  const sections = [["type", "types", typeRows], ["status", "statuses", statusRows], ["relation", "relations", relationRows]];
  const lonelyRow = () => switchRow("lonely", state.lonely, () => showLonely(!state.lonely), "", say("lonely"), LONELY.length);
  legend.replaceChildren(...sections.filter(([, , rows]) => rows.length).map(([group, title, rows]) => filterSection(group, say(title), rows)));
  if (LONELY.length && EDGES.length) legend.firstChild.append(lonelyRow());
  const again = focused && [...legend.querySelectorAll(".filter")].find((row) => row.dataset.filter === focused);
  if (again) again.focus();
};

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
  results.replaceChildren(...(rows.length ? rows : [el("li", { className: "none" }, say("none"))]));
  if (rows.length) query.setAttribute("aria-activedescendant", `hit-${current}`); else query.removeAttribute("aria-activedescendant");
};
const choose = (i) => {
  if (!hits[i]) return;
  const { id } = hits[i].node;
  query.value = "";
  query.blur();
  renderResults();
  go("entity", id);
};

const renderChrome = () => {
  document.documentElement.lang = state.language;
  byId("counts").textContent = say("counts", NODES.length, EDGES.length, Object.keys(CONTEXT.articles).length);
  query.placeholder = say("search");
  byId("language").textContent = say("switch");
  const titled = { theme: "theme", menu: "menu", "zoom-in": "zoomIn", "zoom-out": "zoomOut", "zoom-fit": "fit" };
  for (const [id, word] of Object.entries(titled)) Object.assign(byId(id), { title: say(word), ariaLabel: say(word) });
  query.ariaLabel = say("search");
  byId("graph").ariaLabel = say("graph");
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

const nameAt = ({ x, y }) => labelBoxes.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);

const listenGraph = () => {
  network.on("click", ({ nodes, edges, pointer }) => {
    const name = nodes.length ? null : nameAt(pointer.DOM);
    if (nodes.length || name) go("entity", nodes[0] || name.id);
    else if (edges.length) go("relation", edges[0]);
    else if (state.selected) go(null);
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) expand(nodes[0]); });
  network.on("hoverNode", ({ node, pointer }) => {
    state.hovered = node;
    const found = nodeOf.get(node);
    showTip(pointer.DOM, found.name, `${typeName(found)} · ${say("degree", found.degree)}`);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    const found = edgeOf.get(edge), type = CONTEXT.relationTypes[found.type];
    showTip(pointer.DOM, `${nodeOf.get(found.from).name} ${type.symmetric ? "–" : "→"} ${nodeOf.get(found.to).name}`, `${labelOf(type)} · ${labelOf(CONTEXT.statuses[found.status])} · ${[say("proof", found.evidence.length), sourceCount(found)].filter(Boolean).join(" · ")}`);
  });
  const blur = () => { state.hovered = null; tip.hidden = true; };
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, blur);
  network.on("dragEnd", ({ nodes }) => { for (const id of nodes) Object.assign(nodeOf.get(id), network.getPosition(id)); });
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
    if (event.key === "/" && document.activeElement !== query) { event.preventDefault(); query.focus(); query.select(); }
    if (event.key !== "Escape") return;
    if (document.activeElement === query) { query.value = ""; renderResults(); query.blur(); } else if (state.selected) go(null);
  });
};

const listenButtons = () => {
  byId("zoom-in").onclick = () => zoomBy(1.4);
  byId("zoom-out").onclick = () => zoomBy(1 / 1.4);
  byId("zoom-fit").onclick = () => fitAll(motion(300));
  byId("menu").onclick = () => byId("legend").toggleAttribute("data-away");
  byId("theme").onclick = () => { useTheme(document.documentElement.dataset.theme !== "dark"); repaint(); };
  byId("language").onclick = () => {
    state.language = state.language === "ko" ? "en" : "ko";
    renderChrome(); renderLegend(); renderPanel(); refresh(); network.redraw();
  };
};

window.page = { state, find, go, expand, nodes: () => [...visibleNodes], edges: () => [...visibleEdges], ready: null };
const dark = matchMedia("(prefers-color-scheme: dark)");
useTheme(dark.matches);
dark.addEventListener("change", () => { useTheme(dark.matches); repaint(); });
byId("legend").toggleAttribute("data-away", innerWidth <= 860);
renderChrome();
renderLegend();
startView();
window.page.network = network;
listenGraph();
listenKeys();
listenButtons();
addEventListener("hashchange", route);
route();
