// Which relations and entities meet the filters. One pass over all of them at each change; drawing takes from these.
let passing = new Uint8Array(0); // 1 for each edge that meets every filter
let passingAt = new Uint32Array(0); // how many such edges each node has
let within = null; // the nodes of the focus or the path, null where there is neither

// A day as a number: the first that a date of any precision may mean, or the last.
const firstDay = (date) => Number(date.slice(0, 10).replaceAll("-", "").padEnd(6, "01").padEnd(8, "01"));
const lastDay = (date) => Number(date.slice(0, 10).replaceAll("-", "").padEnd(6, "12").padEnd(8, "31"));

// The days of each relation: as stated, else those of the articles that state it; 0 where there is none.
const spans = onceMade(() => {
  const first = new Int32Array(EDGES.length), last = new Int32Array(EDGES.length);
  for (const edge of EDGES) {
    const dates = edge.date ? [edge.date, edge.last_date || edge.date] : edge.in.map((n) => ARTICLES[n].date).filter(Boolean).sort();
    if (!dates.length) continue;
    first[edge.n] = firstDay(dates[0]);
    last[edge.n] = Math.max(first[edge.n], lastDay(dates[dates.length - 1]));
  }
  return { first, last };
});

let entityOpen = () => true, narrowed = false;
const recount = () => {
  const closed = new Set(state.view.hidden.type), away = new Set(numbersOf(state.view.away));
  entityOpen = (n) => !closed.has(NODES[n].type) && !away.has(n);
  narrowed = FACETS.some(({ name, narrows }) => narrows && tested.get(name));
  passing = new Uint8Array(EDGES.length);
  passingAt = new Uint32Array(NODES.length);
  for (let n = 0; n < missed.length; n += 1) {
    if (missed[n]) continue;
    const { from, to } = EDGES[n];
    passing[n] = 1;
    passingAt[from] += 1;
    if (to !== from) passingAt[to] += 1;
  }
  countKinds();
};
const refilter = () => {
  if (markMisses(state.view)) recount();
  within = enclosure();
};
// Whether the drawing is a map, of which only the part in view is drawn.
const mapped = () => large() && !within;
const lonelyShown = () => state.view.lonely ?? EDGES.length === 0;
// Whether an entity is to be seen; filters of relations take those out that lose all their relations.
const present = (n) => {
  if (within) return within.has(n);
  return entityOpen(n) && (passingAt[n] > 0 || (edgesAt[n].length === 0 ? lonelyShown() : !narrowed));
};
const drawable = (edge) => passing[edge.n] === 1 && (!within || (within.has(edge.from) && within.has(edge.to)));

const passingEdges = (n) => edgesAt[n].filter((edge) => passing[edge.n]);

// The distance of every node from some, up to `hops` relations away: number of node → number of relations.
const distances = (starts, hops) => {
  const found = new Map(starts.map((n) => [n, 0]));
  let front = starts;
  for (let far = 1; far <= hops && front.length; far += 1) {
    const next = [];
    for (const n of front) {
      for (const joined of passingEdges(n)) {
        const other = otherEnd(joined, n);
        if (!found.has(other)) { found.set(other, far); next.push(other); }
      }
    }
    front = next;
  }
  return found;
};

// All nodes on shortest ways between two: number of node → its distance from the first; empty where there is no way.
const shortestWays = (a, b) => {
  const fromA = distances([a], Infinity), length = fromA.get(b), ways = new Map();
  if (length === undefined) return ways;
  let front = [b];
  ways.set(b, length);
  for (let far = length - 1; far >= 0; far -= 1) {
    const next = new Set(front.flatMap((n) => passingEdges(n).map((found) => otherEnd(found, n))).filter((n) => fromA.get(n) === far));
    for (const n of next) ways.set(n, far);
    front = [...next];
  }
  return ways;
};

const numbersOf = (ids) => ids.map((id) => nodeById().get(id)).filter(Boolean).map((node) => node.n);
// Where there is no way, the two ends are shown apart.
const enclosure = () => {
  const { focus, path } = state.view;
  withheld = 0;
  if (path) {
    const ends = numbersOf(path);
    if (ends.length !== 2) return null;
    const ways = shortestWays(...ends);
    return ways.size ? ways : new Map(ends.map((n, i) => [n, 2 * i]));
  }
  if (!focus) return null;
  const starts = numbersOf(focus.ids);
  return starts.length ? around(starts, focus.hops, focus.most) : null;
};
