// The drawing by vis-network: what the scene holds becomes its items, and only what differs is handed over.
const nodeItems = new vis.DataSet(), edgeItems = new vis.DataSet();
const handed = { nodes: new Map(), edges: new Map() }; // id → what was handed over last, as text
let network;

const hand = (items, known, looks) => {
  const fresh = new Map(), updates = [];
  for (const look of looks) {
    const text = JSON.stringify(look);
    fresh.set(look.id, text);
    if (known.get(look.id) !== text) updates.push(look);
  }
  const gone = [...known.keys()].filter((id) => !fresh.has(id));
  if (gone.length) items.remove(gone);
  if (updates.length) items.update(updates);
  known.clear();
  for (const [id, text] of fresh) known.set(id, text);
};

// The part of the map in view and a margin around it, so that a short move needs no new drawing.
const sight = () => {
  if (!mapped() || !network) return null;
  const stage = byId("graph"), { x, y } = network.getViewPosition(), scale = network.getScale();
  const across = (stage.clientWidth / scale) * 0.62, down = (stage.clientHeight / scale) * 0.62;
  return { left: x - across, right: x + across, top: y - down, bottom: y + down, scale };
};

// From afar, nodes and lines of a map keep their size on the screen instead of shrinking to dust.
const LEAST = 60; // pixels in which everything is fitted on the smallest stage
const NEAR = 0.55; // the zoom from which each relation has a line and an arrow of its own
const SMALLEST = { map: 0.42, whole: 0.62 }; // of their size, on a map and where everything has room
const growth = () => (network ? Math.max(1, SMALLEST[mapped() ? "map" : "whole"] / network.getScale()) : 1);

const redraw = () => {
  const middle = network ? network.getViewPosition() : { x: 0, y: 0 }, bright = lit();
  for (const n of chosenNodes()) placeBeside(n, scene.nodes, middle);
  scene.grow = growth();
  scene.nodes = pickNodes(sight());
  if (lonelyShown()) for (const n of scene.nodes) placeBeside(n, scene.nodes, middle);
  const { lines, relations, drawn } = pickLines(scene.nodes, bright);
  Object.assign(scene, { lines, relations, drawn });
  const { selected } = state, crowded = relations > CROWD;
  const faded = (n) => bright !== null && !bright.nodes.has(n);
  const across = ([edge]) => large() && NODES[edge.from].community !== NODES[edge.to].community;
  const plain = (edges) => (edges.every(aside) ? 0.16 : !crowded ? 1 : across(edges) ? 0.22 : 0.5);
  const opacity = ({ edges }) => (bright ? (edges.some((edge) => bright.edges.has(edge.n)) ? 1 : 0.1) : plain(edges));
  const chosen = ({ edges }) => selected !== null && selected.kind !== "entity" && edges.some((edge) => selected.edges.includes(edge));
  const arrows = ({ edges }) => scene.near || (bright !== null && edges.some((edge) => bright.edges.has(edge.n)));
  const tell = (event) => network && network.body.emitter.emit(event);
  tell("_blockRedraw"); // vis-network would draw at each of the steps
  hand(nodeItems, handed.nodes, [...scene.nodes].map((n) => nodeLook(NODES[n], spotOf(n), faded(n), selected !== null && selected.n === n)));
  hand(edgeItems, handed.edges, [...lines].map(([id, line]) => edgeLook(id, line, opacity(line), chosen(line), arrows(line))));
  tell("_allowRedraw");
  tell("_requestRedraw");
  renderNotice();
};

const renderNotice = () => {
  const entities = scene.nodes.size, { drawn } = scene;
  const whole = entities === NODES.length && drawn === EDGES.length;
  const showing = whole ? [] : [say("showing", entities, NODES.length, drawn, EDGES.length), el("span", { className: "gesture" }, ` · ${say("gesture")}`)];
  byId("notice").replaceChildren(...showing, ...notDrawn());
  byId("empty").hidden = entities > 0;
  if (!entities) renderEmpty();
};

// What of the stage the panel covers: a strip on the right, on a narrow screen one at the bottom, never all of it.
const covered = () => {
  const panel = byId("panel");
  if (panel.hidden) return { x: 0, y: 0 };
  if (panel.offsetLeft > 0) return { x: panel.offsetWidth, y: 0 };
  return { x: 0, y: Math.min(panel.offsetHeight, panel.parentElement.clientHeight * 0.6) };
};
const motion = (duration) => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration, easingFunction: "easeInOutQuad" });

// Brings nodes to the middle of the free stage, near enough to read and, if it can be, with those around.
const moveTo = (numbers, around) => {
  const points = numbers.map(spotOf), others = around.map(spotOf).filter(Boolean), hidden = covered();
  const middleOf = (axis) => (Math.min(...points.map((p) => p[axis])) + Math.max(...points.map((p) => p[axis]))) / 2;
  const position = { x: middleOf("x"), y: middleOf("y") };
  const reach = (axis) => 2 * Math.max(...[...points, ...others].map((p) => Math.abs(p[axis] - position[axis])));
  const stage = byId("graph");
  const fitting = Math.min((stage.clientWidth - hidden.x) / (reach("x") + 220), (stage.clientHeight - hidden.y) / (reach("y") + 140));
  const scale = Math.min(Math.max(fitting, 0.5), 1.15);
  network.moveTo({ position, scale, offset: { x: -hidden.x / 2, y: -hidden.y / 2 }, animation: large() ? false : motion(320) });
  hideTip();
  (large() ? lookAgain : settled)();
};

const RIM = 75; // pixels kept free above and below
const chipsEnd = () => { const box = byId("over"); return box ? box.offsetTop + box.offsetHeight : 0; };
// Brings everything into view, clear of the notice, the buttons and the chips.
const fitAll = (animation) => {
  fitSpots(mapped() ? NODES.filter((node) => onMap(node.n) && present(node.n)).map((node) => spotOf(node.n)) : [...scene.nodes].map(spotOf), animation);
};
const fitSpots = (spots, animation) => {
  if (!spots.length) return;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of spots) {
    box.left = Math.min(box.left, x); box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y);
  }
  const stage = byId("graph"), hidden = covered();
  const rim = !sectors.length ? 0 : narrow.matches ? 60 : 120, above = Math.max(RIM, chipsEnd() + 22);
  const across = Math.max(stage.clientWidth - hidden.x - (narrow.matches ? 60 : 110) - rim, LEAST), down = Math.max(stage.clientHeight - hidden.y - above - RIM - rim / 2, LEAST);
  const fitting = Math.min(across / (box.right - box.left || 1), down / (box.bottom - box.top || 1));
  network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale: Math.min(fitting, 1.3), offset: { x: -hidden.x / 2, y: (above - RIM - hidden.y) / 2 }, animation });
  settled();
};
const camera = () => ({ position: network.getViewPosition(), scale: network.getScale() });
const moveCamera = (wanted) => { network.moveTo(wanted); hideTip(); lookAgain(); };
const zoomBy = (factor) => { network.moveTo({ scale: network.getScale() * factor, animation: motion(160) }); settled(); };

// After a move: arrowheads and single relations come and go as one zooms, and a map shows what its new part holds.
let waiting = null;
const settled = () => {
  hideTip();
  clearTimeout(waiting);
  waiting = setTimeout(lookAgain, 120);
};
const lookAgain = () => {
  clearTimeout(waiting);
  if (!byId("graph").clientWidth) return; // on paper a picture stands in its place
  const near = EDGES.length <= CROWD || network.getScale() > NEAR;
  if (near === scene.near && growth() === scene.grow && !large()) return;
  scene.near = near;
  redraw();
};

// Enters the focus of a node, or adds one to it: its neighbours come into view around it.
const expand = (n) => {
  const { id } = NODES[n];
  change((view) => {
    bringBack(view, [id]);
    const known = view.focus && !view.path ? view.focus.ids.filter((other) => other !== id) : [];
    view.path = null;
    view.focus = { ids: [...known, id], hops: view.focus ? view.focus.hops : 1, most: mostAtFirst() };
  });
  fitAll(motion(300));
};

const startView = () => {
  refilter();
  arrange();
  network = new vis.Network(byId("graph"), { nodes: nodeItems, edges: edgeItems }, CONTEXT.options);
  network.on("beforeDrawing", drawRegions);
  network.on("beforeDrawing", drawSectors);
  network.on("afterDrawing", drawLabels);
  for (const event of ["zoom", "dragEnd", "animationFinished", "resize"]) network.on(event, settled);
  // A frame that was hidden or not laid out yet had no room to fit anything into.
  network.on("resize", ({ oldWidth, oldHeight }) => { if (Math.min(oldWidth, oldHeight) < LEAST) fitAll(false); });
  scene.nodes = pickNodes(null);
  fitAll(false);
  scene.near = EDGES.length <= CROWD || network.getScale() > NEAR;
  redraw();
  network.once("afterDrawing", () => { window.page.ready = performance.now(); });
  watch(() => { refilter(); arrange(); redraw(); });
};
