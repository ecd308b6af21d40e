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
});
const state = {
  language: document.documentElement.lang,
  view: untouched(),
  selected: null, // {kind: "entity" | "relation" | "pair", id}
  hovered: null, // the number of a node
  past: [], future: [],
};

const watchers = [];
const watch = (react) => watchers.push(react);
const changed = () => { for (const react of watchers) react(); };

// A step back also returns to where one looked from.
const kept = () => ({ view: JSON.parse(JSON.stringify(state.view)), camera: camera() });
const change = (edit) => {
  state.past.push(kept());
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

// A link carries only what differs from an untouched view; what it cannot mean is left as it is.
const difference = () => {
  const fresh = untouched();
  return Object.fromEntries(Object.entries(state.view).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(fresh[key])));
};
const adopt = (text) => {
  let wanted;
  try { wanted = JSON.parse(text); } catch { return; }
  const fresh = untouched();
  for (const [key, value] of Object.entries(fresh)) {
    const given = Object.hasOwn(Object(wanted), key) ? wanted[key] : undefined;
    if (given !== undefined && (value === null || (typeof given === typeof value && Array.isArray(given) === Array.isArray(value)))) fresh[key] = given;
  }
  state.view = fresh;
};

const say = (key, ...values) => {
  const word = WORDS[state.language][key];
  return typeof word === "function" ? word(...values.map((v) => (typeof v === "number" ? v.toLocaleString(state.language) : v))) : word;
};
const labelOf = (labels) => labels[state.language];
