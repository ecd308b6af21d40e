// Where nodes stand: where the reader put them, else as the focus or path arranges them, else on the map.
let arranged = new Map(); // number of node → {x, y}, in focus and on paths
let pinned = new Map();

const onMap = (n) => (NODES[n].x === null || NODES[n].x === undefined ? null : NODES[n]);
const spotOf = (n) => pinned.get(n) || arranged.get(n) || onMap(n);

// Walks a spiral outwards from a point until nothing stands within reach.
const freeSpot = ({ x, y }, taken) => {
  for (let step = 1; step < 3000; step += 1) {
    const angle = step * 2.39996, radius = 60 + 16 * Math.sqrt(step);
    const spot = { x: Math.round(x + radius * Math.cos(angle) * 1.5), y: Math.round(y + radius * Math.sin(angle)) };
    if (taken.every((other) => Math.abs(other.x - spot.x) > 90 || Math.abs(other.y - spot.y) > 46)) return spot;
  }
  return { x, y };
};
// A node without a place gets one beside a neighbour, or in the middle of what is in view.
const placeBeside = (n, drawn, middle) => {
  if (spotOf(n)) return;
  const near = neighbours(n).map(spotOf).find(Boolean) || middle;
  const spot = freeSpot(near, [...drawn].map(spotOf).filter(Boolean));
  Object.assign(NODES[n], spot);
};

// A path runs from left to right, the nodes at one distance in a column.
const columnsOf = (members) => {
  const columns = new Map(), spots = new Map();
  for (const [n, far] of members) columns.set(far, [...(columns.get(far) || []), n]);
  for (const [far, nodes] of columns) {
    nodes.sort((a, b) => a - b).forEach((n, i) => spots.set(n, { x: far * 260, y: Math.round((i - (nodes.length - 1) / 2) * 80) }));
  }
  return spots;
};

// Where nodes are kept by hand: on the map in `pins`, in a focus or on a path in `placed`, which lasts as long as that.
const arrangement = ({ path, focus }) => (path || focus ? JSON.stringify(path || focus.ids) : null);
const keptSpots = (view) => {
  const where = arrangement(view);
  if (where === null) return view.pins;
  return view.placed && view.placed.where === where ? view.placed.spots : {};
};
const pinAt = (view, id, { x, y }) => {
  const spots = { ...keptSpots(view), [id]: [Math.round(x), Math.round(y)] }, where = arrangement(view);
  if (where === null) view.pins = spots; else view.placed = { where, spots };
};
const unpin = (view, id) => { delete keptSpots(view)[id]; };

const arrange = () => {
  pinned = new Map();
  for (const [id, [x, y]] of Object.entries(keptSpots(state.view))) {
    const node = nodeById().get(id);
    if (node) pinned.set(node.n, { x, y });
  }
  sectors = [];
  if (!within) arranged = new Map();
  else if (state.view.path) arranged = columnsOf(within);
  else arranged = rings(numbersOf(state.view.focus.ids)[0], within);
};
