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

const RING = 190, ROOM = 90; // between rings, and between nodes of a ring
const SINGLE = 40; // so many stand on one ring, however wide

// Rings around the node in focus, those of one kind of relation together; further ones outside, near what joins them.
const rings = (centre, members) => {
  const spots = new Map([[centre, { x: 0, y: 0 }]]), angles = new Map([[centre, 0]]);
  const last = Math.max(0, ...members.values());
  let radius = 0;
  for (let far = 1; far <= last; far += 1) {
    const ring = [...members].filter(([n, distance]) => distance === far && n !== centre).map(([n]) => n);
    const before = (n) => passingEdges(n).map((edge) => ({ edge, other: otherEnd(edge, n) })).filter(({ other }) => angles.has(other));
    const order = ring.map((n) => {
      const joins = before(n), kind = joins.length ? joins[0].edge.type : "";
      return { n, angle: far === 1 || !joins.length ? 0 : joins.reduce((sum, { other }) => sum + angles.get(other), 0) / joins.length, kind };
    }).sort((a, b) => a.angle - b.angle || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.n - b.n));
    for (let at = 0; at < order.length;) {
      const left = order.length - at;
      radius = Math.max(radius + RING, left <= SINGLE ? (left * ROOM) / (2 * Math.PI) : 0);
      const room = Math.max(6, Math.floor((2 * Math.PI * radius) / ROOM)), some = order.slice(at, at + room);
      some.forEach(({ n }, i) => {
        const angle = (2 * Math.PI * (i + 0.5)) / some.length - Math.PI / 2;
        angles.set(n, (2 * Math.PI * i) / some.length);
        spots.set(n, { x: Math.round(1.35 * radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });
      });
      at += some.length;
    }
  }
  return spots;
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

const arrange = () => {
  pinned = new Map(Object.entries(state.view.pins).map(([id, [x, y]]) => [nodeById().get(id), { x, y }]).filter(([node]) => node).map(([node, spot]) => [node.n, spot]));
  if (!within) arranged = new Map();
  else if (state.view.path) arranged = columnsOf(within);
  else arranged = rings(numbersOf(state.view.focus.ids)[0], within);
};
