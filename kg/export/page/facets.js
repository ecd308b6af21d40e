// The filters one by one. Each marks the relations that miss it with a bit of its own, so that a change of one filter
// looks at that one only, and each kind can be counted under all the other filters in a single pass.

// Kinds as numbers: `keys` are those that occur, `codes` the number of the key of each record.
const coded = (rows, field) => {
  const numbers = new Map(), codes = new Uint16Array(rows.length);
  for (const row of rows) {
    const key = row[field] ?? "";
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    codes[row.n] = numbers.get(key);
  }
  return { keys: [...numbers.keys()], codes };
};
// The publishers of each relation, each once: those of relation n stand in `list` from `starts[n]` to `starts[n + 1]`.
const publishersOf = ({ codes }) => {
  const starts = new Uint32Array(EDGES.length + 1), list = [];
  for (const edge of EDGES) {
    for (const article of edge.in) if (!list.includes(codes[article], starts[edge.n])) list.push(codes[article]);
    starts[edge.n + 1] = list.length;
  }
  return { starts, list: Uint16Array.from(list) };
};
const codes = onceMade(() => {
  const publisher = coded(ARTICLES, "publisher");
  return { type: coded(NODES, "type"), status: coded(EDGES, "status"), relation: coded(EDGES, "type"), publisher: { ...publisher, ...publishersOf(publisher) } };
});
const asMap = ({ keys }, counts) => new Map(keys.map((key, code) => [key, counts[code]]).filter(([, count]) => count > 0));
const counter = (group) => new Uint32Array(codes()[group].keys.length);

// How many of each kind there are in all.
const kinds = onceMade(() => Object.fromEntries(["type", "status", "relation", "publisher"].map((group) => {
  const counts = counter(group), { list } = codes()[group];
  for (const code of list || codes()[group].codes) counts[code] += 1;
  return [group, asMap(codes()[group], counts)];
})));
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

// Returns whether any filter has changed.
const markMisses = (view) => {
  let any = false;
  if (missed.length !== EDGES.length) missed = new Uint8Array(EDGES.length);
  for (const { name, reads, test } of FACETS) {
    const read = JSON.stringify(reads(view)), bit = BIT[name];
    if (readBefore.get(name) === read) continue;
    const meets = test(view);
    any = true;
    readBefore.set(name, read);
    tested.set(name, meets !== null);
    if (name !== "time") withoutTime += 1;
    for (let n = 0; n < missed.length; n += 1) {
      if (meets === null || meets(EDGES[n])) missed[n] &= ~bit; else missed[n] |= bit;
    }
  }
  return any;
};

// How many of each kind there are under the other filters; and whether any filter has a condition.
const found = { type: new Map(), status: new Map(), relation: new Map(), publisher: new Map(), relations: 0 };
const countKinds = () => {
  const { type, status, relation, publisher } = codes(), closed = Uint8Array.from(type.keys, (key) => state.view.hidden.type.includes(key));
  const [types, statuses, relations, publishers] = ["type", "status", "relation", "publisher"].map(counter), linked = new Uint8Array(NODES.length);
  found.relations = 0;
  for (let n = 0; n < missed.length; n += 1) {
    const misses = missed[n];
    if (misses & (misses - 1)) continue; // two filters or more
    if (!misses) found.relations += 1;
    if (!(misses & ~BIT.status)) statuses[status.codes[n]] += 1;
    if (!(misses & ~BIT.relation)) relations[relation.codes[n]] += 1;
    if (!(misses & ~BIT.publisher)) for (let i = publisher.starts[n]; i < publisher.starts[n + 1]; i += 1) publishers[publisher.list[i]] += 1;
    if (!(misses & ~BIT.type)) {
      const { from, to } = EDGES[n], one = type.codes[from], other = type.codes[to];
      if (one === other || !closed[other]) linked[from] = 1;
      if (one === other || !closed[one]) linked[to] = 1;
    }
  }
  const away = new Set(numbersOf(state.view.away));
  for (let n = 0; n < NODES.length; n += 1) if ((linked[n] || !narrowed) && !away.has(n)) types[type.codes[n]] += 1;
  Object.assign(found, { type: asMap(type, types), status: asMap(status, statuses), relation: asMap(relation, relations), publisher: asMap(publisher, publishers) });
};
