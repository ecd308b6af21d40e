// What the reader has chosen. `view` is plain data, so that it can be undone, kept and put into a link; whoever
// changes it does so through `change`, and whoever depends on it listens with `watch`.
const untouched = () => ({
  hidden: { type: [], status: [], relation: [], publisher: [] }, // kinds that are switched off
  confidence: 0, sources: 1, // at least
  from: null, to: null, // days, YYYYMMDD
  away: [], // ids of nodes hidden by hand
  pins: {}, // id: [x, y] of nodes moved by hand
  placed: null, // {where, spots}: the same for those moved in a focus or on a path
  focus: null, // {ids, hops, most}: only these nodes and those so many relations away, at most so many at each distance
  path: null, // [id, id]: only the shortest ways between two nodes
  lonely: null, // whether entities without relations are shown
  colour: "type", // or community
  form: "graph", // or the table of entities, or of relations
  sort: { entities: { by: "joined", down: true }, relations: { by: "sources", down: true } }, // the tables
  sift: "", // what rows of the tables hold
});
const state = {
  language: document.documentElement.lang,
  view: untouched(),
  selected: null, // {kind: "entity" | "relation" | "pair" | "path", id, ends, edges}, and n of an entity
  hovered: null, // the number of a node
  past: [], future: [],
};

const watchers = [];
const watch = (react) => watchers.push(react);
const changed = () => { for (const react of watchers) react(); };

// A step back also returns to where one looked from. What goes on with the `same` gesture is one step with its start.
const kept = () => ({ view: JSON.parse(JSON.stringify(state.view)), camera: camera() });
const change = (edit, { same = false } = {}) => {
  if (!same) state.past.push(kept());
  state.future = [];
  edit(state.view);
  changed();
};
const step = (from, to) => {
  if (!from.length) return;
  to.push(kept());
  const before = from.pop();
  state.view = before.view;
  changed();
  moveCamera(before.camera);
};
const undo = () => step(state.past, state.future);
const redo = () => step(state.future, state.past);

// A link carries only what differs from an untouched view.
const difference = () => {
  const fresh = untouched(), { hidden } = state.view;
  const view = { ...state.view, hidden: Object.fromEntries(Object.entries(hidden).filter(([, keys]) => keys.length).map(([group, keys]) => [group, shorter(group, keys)])) };
  return Object.fromEntries(Object.entries(view).filter(([key, value]) => JSON.stringify(state.view[key]) !== JSON.stringify(fresh[key])));
};
// Of hundreds of publishers all but one may be hidden: then a link names the one that is left.
const shorter = (group, keys) => {
  const others = [...kinds()[group].keys()].filter((key) => !keys.includes(key));
  return others.length < keys.length ? { only: others } : keys;
};
// Not by toLocaleString: the first use of Intl takes longer than the page takes to draw.
const inDigits = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
const say = (key, ...values) => {
  const word = WORDS[state.language][key];
  return typeof word === "function" ? word(...values.map((v) => (typeof v === "number" ? inDigits(v) : v))) : word;
};
const labelOf = (labels) => labels[state.language];
