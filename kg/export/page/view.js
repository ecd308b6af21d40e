// The drawing: what is shown, how it is filtered, highlighted and moved. Positions come with the data;
// a node without one is put beside a neighbour when it is asked for.
const CROWD = 400; // edges beyond which each is drawn fainter
const shown = new Set();
const nodeItems = new vis.DataSet(), edgeItems = new vis.DataSet();
let visibleNodes = new Set(), visibleEdges = new Set();
let nodeView, edgeView, network;
let near = false; // close enough for arrowheads, which only clutter a crowded view from afar

const refilter = () => {
  const { type, status, relation } = state.hidden;
  const open = (id) => shown.has(id) && !type.has(nodeOf.get(id).type);
  visibleEdges = new Set(EDGES.filter((e) => !status.has(e.status) && !relation.has(e.type) && open(e.from) && open(e.to)).map((e) => e.id));
  const narrowed = status.size + relation.size > 0;
  const kept = (id) => open(id) && (!narrowed || edgesAt.get(id).some((edge) => visibleEdges.has(edge.id)));
  visibleNodes = new Set(NODES.map((node) => node.id).filter(kept)); // by rank
};

const lit = () => {
  const { selected } = state;
  if (!selected) return null;
  const edges = selected.kind === "relation" ? [edgeOf.get(selected.id)] : edgesAt.get(selected.id);
  const nodes = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  if (selected.kind === "entity") nodes.add(selected.id);
  return { nodes, edges: new Set(edges.map((edge) => edge.id)) };
};

const repaint = () => {
  const bright = lit();
  const chosen = state.selected && state.selected.id;
  nodeItems.update([...shown].map((id) => nodeLook(nodeOf.get(id), bright && !bright.nodes.has(id), id === chosen)));
  const drawn = EDGES.filter((e) => shown.has(e.from) && shown.has(e.to));
  const opacity = (edge) => (bright ? (bright.edges.has(edge.id) ? 1 : 0.1) : drawn.length > CROWD ? 0.5 : 1);
  edgeItems.update(drawn.map((e) => edgeLook(e, opacity(e), e.id === chosen, near || (bright !== null && bright.edges.has(e.id)))));
};

const refresh = () => {
  refilter();
  nodeView.refresh();
  edgeView.refresh();
  const message = visibleNodes.size < NODES.length ? say("showing", visibleNodes.size, NODES.length) : "";
  document.getElementById("notice").textContent = message;
  const empty = document.getElementById("empty");
  empty.textContent = say("empty");
  empty.hidden = visibleNodes.size > 0;
};

// Walks a spiral outwards from a point until nothing stands within reach.
const freeSpot = (x, y) => {
  const taken = [...shown].map((id) => nodeOf.get(id));
  for (let step = 1; step < 3000; step += 1) {
    const angle = step * 2.39996, radius = 60 + 16 * Math.sqrt(step);
    const spot = { x: Math.round(x + radius * Math.cos(angle) * 1.5), y: Math.round(y + radius * Math.sin(angle)) };
    if (taken.every((node) => Math.abs(node.x - spot.x) > 90 || Math.abs(node.y - spot.y) > 46)) return spot;
  }
  return { x, y };
};

const showLonely = (wanted) => {
  state.lonely = wanted;
  for (const { id } of LONELY) { if (wanted) shown.add(id); else shown.delete(id); }
  repaint();
  refresh();
  fitAll(motion(300));
};

const reveal = (ids) => {
  const fresh = ids.filter((id) => !shown.has(id));
  for (const id of fresh) {
    const node = nodeOf.get(id);
    if (node.x === undefined) {
      const near = neighbours(id).find((other) => shown.has(other.id)) || network.getViewPosition();
      Object.assign(node, freeSpot(near.x, near.y));
    }
    shown.add(id);
  }
  if (fresh.length) { repaint(); refresh(); }
  return fresh.length;
};

const expand = (id) => reveal(neighbours(id).sort((a, b) => a.rank - b.rank).map((node) => node.id).filter((n) => !shown.has(n)).slice(0, 40));

// What of the stage the panel covers: a strip on the right, on a narrow screen one at the bottom.
const covered = () => {
  const panel = document.getElementById("panel");
  if (panel.hidden) return { x: 0, y: 0 };
  return innerWidth <= 860 ? { x: 0, y: panel.offsetHeight } : { x: panel.offsetWidth, y: 0 };
};

// Brings nodes to the middle of the free stage, near enough to read and, if it can be, with those around.
const moveTo = (ids, around) => {
  const points = ids.map((id) => nodeOf.get(id)), others = around.map((id) => nodeOf.get(id)), hidden = covered();
  const middleOf = (axis) => (Math.min(...points.map((p) => p[axis])) + Math.max(...points.map((p) => p[axis]))) / 2;
  const position = { x: middleOf("x"), y: middleOf("y") };
  const reach = (axis) => 2 * Math.max(...[...points, ...others].map((p) => Math.abs(p[axis] - position[axis])));
  const stage = document.getElementById("graph");
  const fitting = Math.min((stage.clientWidth - hidden.x) / (reach("x") + 220), (stage.clientHeight - hidden.y) / (reach("y") + 140));
  const scale = Math.min(Math.max(fitting, 0.5), 1.15);
  network.moveTo({ position, scale, offset: { x: -hidden.x / 2, y: -hidden.y / 2 }, animation: motion(320) });
};

const motion = (duration) => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration, easingFunction: "easeInOutQuad" });
// Brings everything into view, clear of the notice and the buttons.
const fitAll = (animation) => {
  const points = [...visibleNodes].map((id) => nodeOf.get(id)), stage = document.getElementById("graph");
  if (!points.length) return;
  const ends = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [left, right] = ends("x"), [top, bottom] = ends("y");
  const fitting = Math.min((stage.clientWidth - 150) / (right - left || 1), (stage.clientHeight - 150) / (bottom - top || 1));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.min(fitting, 1.3), offset: { x: 0, y: -24 }, animation });
};

// Arrowheads come and go as one zooms through a crowded view.
const lookCloser = () => {
  const closer = edgeItems.length <= CROWD || network.getScale() > 0.55;
  if (closer !== near) { near = closer; repaint(); }
};

const zoomBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion(160) });

const startView = () => {
  for (const node of NODES) if (node.x !== undefined && (node.degree || state.lonely)) shown.add(node.id);
  nodeView = new vis.DataView(nodeItems, { filter: (item) => visibleNodes.has(item.id) });
  edgeView = new vis.DataView(edgeItems, { filter: (item) => visibleEdges.has(item.id) });
  refilter();
  near = EDGES.length <= CROWD;
  repaint();
  network = new vis.Network(document.getElementById("graph"), { nodes: nodeView, edges: edgeView }, OPTIONS);
  network.on("afterDrawing", drawLabels);
  network.on("zoom", lookCloser);
  network.on("animationFinished", lookCloser);
  network.once("afterDrawing", () => { window.page.ready = performance.now(); });
  refresh();
  fitAll(false);
};
