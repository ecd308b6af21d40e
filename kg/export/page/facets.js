// The filters one by one. Each marks the relations that miss it with a bit of its own, so that a change of one filter
// looks at that one only, and each kind can be counted under all the other filters in a single pass.
const kinds = onceMade(() => {
  const publishers = new Map();
  for (const edge of EDGES) for (const name of publishersOf(edge)) publishers.set(name, (publishers.get(name) || 0) + 1);
  return { type: tally(NODES, "type"), status: tally(EDGES, "status"), relation: tally(EDGES, "type"), publisher: publishers };
});
const publishersOf = (edge) => (edge.in.length === 1 ? [ARTICLES[edge.in[0]].publisher || ""] : new Set(edge.in.map((n) => ARTICLES[n].publisher || "")));
const mostSources = onceMade(() => EDGES.reduce((most, edge) => Math.max(most, edge.sources), 1));

const hiddenTest = (group, test) => (view) => {
  const hidden = new Set(view.hidden[group]);
  return hidden.size ? test((key) => !hidden.has(key)) : null;
};
// `test` gives a test of one relation, or null where nobody set a condition; `reads` is what it depends on; `narrows`
// tells filters of relations, which take out entities that lose all theirs, from those of entities.
const FACETS = [
  { name: "type", narrows: false, reads: (view) => view.hidden.type, test: hiddenTest("type", (open) => (edge) => open(NODES[edge.from].type) && open(NODES[edge.to].type)) },
  { name: "away", narrows: false, reads: (view) => view.away, test: (view) => {
    const away = new Set(numbersOf(view.away));
    return away.size ? (edge) => !away.has(edge.from) && !away.has(edge.to) : null;
  } },
  { name: "status", narrows: true, reads: (view) => view.hidden.status, test: hiddenTest("status", (open) => (edge) => open(edge.status)) },
  { name: "relation", narrows: true, reads: (view) => view.hidden.relation, test: hiddenTest("relation", (open) => (edge) => open(edge.type)) },
  { name: "publisher", narrows: true, reads: (view) => view.hidden.publisher, test: hiddenTest("publisher", (open) => (edge) => edge.in.some((n) => open(ARTICLES[n].publisher || ""))) },
  { name: "confidence", narrows: true, reads: (view) => view.confidence, test: ({ confidence }) => (confidence > 0 ? (edge) => edge.confidence >= confidence : null) },
  { name: "sources", narrows: true, reads: (view) => view.sources, test: ({ sources }) => (sources > 1 ? (edge) => edge.sources >= sources : null) },
  { name: "time", narrows: true, reads: (view) => [view.from, view.to], test: ({ from, to }) => {
    if (from === null && to === null) return null;
    const { first, last } = spans(), low = from ?? 0, high = to ?? Infinity;
    return (edge) => first[edge.n] > 0 && last[edge.n] >= low && first[edge.n] <= high;
  } },
];
const BIT = Object.fromEntries(FACETS.map(({ name }, i) => [name, 1 << i]));

let missed = new Uint8Array(0); // for each relation the bits of the filters it misses
const tested = new Map(); // name of a filter → whether it has a condition
const readBefore = new Map();
let withoutTime = 0; // grows whenever anything but the time changes

const markMisses = (view) => {
  if (missed.length !== EDGES.length) missed = new Uint8Array(EDGES.length);
  for (const { name, reads, test } of FACETS) {
    const read = JSON.stringify(reads(view)), bit = BIT[name];
    if (readBefore.get(name) === read) continue;
    const meets = test(view);
    readBefore.set(name, read);
    tested.set(name, meets !== null);
    if (name !== "time") withoutTime += 1;
    for (let n = 0; n < missed.length; n += 1) {
      if (meets === null || meets(EDGES[n])) missed[n] &= ~bit; else missed[n] |= bit;
    }
  }
};

// How many of each kind there are under the other filters; and whether any filter has a condition.
const found = { type: new Map(), status: new Map(), relation: new Map(), publisher: new Map(), relations: 0 };
const countKinds = () => {
  for (const group of ["type", "status", "relation", "publisher"]) found[group] = new Map();
  const count = (group, key) => found[group].set(key, (found[group].get(key) || 0) + 1);
  const linked = new Uint8Array(NODES.length), closed = new Set(state.view.hidden.type);
  found.relations = 0;
  for (let n = 0; n < missed.length; n += 1) {
    const misses = missed[n], edge = EDGES[n];
    if (misses & (misses - 1)) continue; // two filters or more
    if (!misses) found.relations += 1;
    if (!(misses & ~BIT.status)) count("status", edge.status);
    if (!(misses & ~BIT.relation)) count("relation", edge.type);
    if (!(misses & ~BIT.publisher)) for (const name of publishersOf(edge)) count("publisher", name);
    if (!(misses & ~BIT.type)) {
      const from = NODES[edge.from].type, to = NODES[edge.to].type;
      if (from === to || !closed.has(to)) linked[edge.from] = 1;
      if (from === to || !closed.has(from)) linked[edge.to] = 1;
    }
  }
  const away = new Set(numbersOf(state.view.away));
  for (let n = 0; n < NODES.length; n += 1) {
    if (!away.has(n) && (linked[n] || !narrowed)) count("type", NODES[n].type);
  }
};
