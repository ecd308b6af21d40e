// What is drawn: the most important entities of the part in view, and the lines between them. One line stands for all
// relations of a pair from afar; from near, or where it is lit, each relation has its own.
const LINES = 1500; // drawn at most; the strongest are
const CROWD = 400; // relations beyond which each line is fainter, and a pair is one line from afar
const CLEAR = 20; // half the side of a cell in which nodes are kept apart, the largest radius on the screen
const scene = { nodes: new Set(), lines: new Map(), relations: 0, near: true, grow: 1 };

const chosenNodes = () => {
  const { selected } = state;
  if (!selected) return [];
  if (selected.kind === "entity") return [selected.n, ...neighbours(selected.n).slice(0, 80)];
  return selected.ends;
};

// Remembers where nodes stand on the screen, so that none is drawn upon a more important one.
const newFloor = (scale) => {
  const cells = new Map(), size = 2 * CLEAR;
  return (n) => {
    const { x, y } = spotOf(n), at = { x: x * scale, y: y * scale, radius: NODES[n].size * scale * scene.grow };
    const column = Math.floor(at.x / size), row = Math.floor(at.y / size);
    for (let i = column - 1; i <= column + 1; i += 1) {
      for (let j = row - 1; j <= row + 1; j += 1) {
        for (const other of cells.get(`${i},${j}`) || []) {
          if (Math.hypot(at.x - other.x, at.y - other.y) < at.radius + other.radius + 2) return false;
        }
      }
    }
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) || []), at]);
    return true;
  };
};

// The numbers of nodes to draw, those always drawn first. `sight` is the part of the map in view, null for all; on a
// map the less important of two that would cover one another waits until one zooms in.
const pickNodes = (sight) => {
  const picked = new Set(chosenNodes().filter((n) => n === (state.selected.n ?? n) || present(n)));
  const inSight = (spot) => spot && (!sight || (spot.x >= sight.left && spot.x <= sight.right && spot.y >= sight.top && spot.y <= sight.bottom));
  const room = CONTEXT.shown + picked.size, free = sight ? newFloor(sight.scale) : () => true;
  for (const n of picked) if (spotOf(n)) free(n);
  for (let n = 0; n < NODES.length && picked.size < room; n += 1) {
    if (present(n) && inSight(spotOf(n)) && !picked.has(n) && free(n)) picked.add(n);
  }
  return picked;
};

const RANK = ["actual", "planned", "possible", "ended", "denied"]; // which status a line of several shows
const byStatus = (a, b) => RANK.indexOf(a.status) - RANK.indexOf(b.status) || (a.id < b.id ? -1 : 1);

// Lines by id: the number of a relation, or "a-b" for all of a pair.
const pickLines = (nodes, bright) => {
  const pairs = new Map();
  for (const n of nodes) {
    for (const edge of edgesAt[n]) {
      if (edge.from !== n || !drawable(edge) || !nodes.has(edge.to)) continue;
      const key = edge.from < edge.to ? `${edge.from}-${edge.to}` : `${edge.to}-${edge.from}`;
      const known = pairs.get(key);
      if (known) known.push(edge); else pairs.set(key, [edge]);
    }
  }
  let relations = 0;
  for (const edges of pairs.values()) relations += edges.length;
  const strength = (edges) => edges.reduce((sum, edge) => sum + edge.sources, 0);
  let kept = [...pairs];
  if (kept.length > LINES) {
    const litPair = ([, edges]) => (bright && edges.some((edge) => bright.edges.has(edge.n)) ? 1 : 0);
    kept = kept.sort((a, b) => litPair(b) - litPair(a) || strength(b[1]) - strength(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, LINES);
  }
  const apart = scene.near || relations <= CROWD, lines = new Map();
  for (const [key, edges] of kept) {
    edges.sort(byStatus);
    const fanned = edges.length === 1 || apart || (bright && edges.some((edge) => bright.edges.has(edge.n)));
    if (fanned) edges.forEach((edge, lane) => lines.set(edge.n, { edges: [edge], curve: curveOf(edge, lane, edges.length) }));
    else lines.set(key, { edges, curve: 0 });
  }
  return { lines, relations, drawn: kept.reduce((sum, [, edges]) => sum + edges.length, 0) };
};

// How far a line bows to its left, so that the relations of one pair lie side by side.
const curveOf = (edge, lane, count) => {
  const spread = count <= 5 ? 0.22 : 1 / count;
  return (lane - (count - 1) / 2) * spread * (edge.from <= edge.to ? 1 : -1);
};

const lit = () => {
  const { selected } = state;
  if (!selected || (sectors.length > 0 && selected.n === sectors[0].centre)) return null;
  const edges = selected.kind === "entity" ? passingEdges(selected.n) : selected.edges;
  const nodes = new Set([...selected.ends, ...edges.flatMap((edge) => [edge.from, edge.to])]);
  return { nodes, edges: new Set(edges.map((edge) => edge.n)) };
};
