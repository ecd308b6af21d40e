// The address says what is open, so that back, forward and shared links work: #entity=ID, #relation=ID or
// #pair=ID,ID, and &view=… with what the reader chose.
const go = (kind, id) => { location.hash = kind ? `${kind}=${encodeURIComponent(id)}` : ""; };

// What an address selects, with the numbers of its ends; null for what is not in this graph.
const selectionOf = (kind, id) => {
  if (kind === "entity") {
    const node = nodeById().get(id);
    return node ? { kind, id, n: node.n, ends: [node.n], edges: [] } : null;
  }
  if (kind === "relation") {
    const edge = edgeById().get(id);
    return edge ? { kind, id, ends: [edge.from, edge.to], edges: [edge] } : null;
  }
  if (kind === "pair") {
    const ends = numbersOf(id.split(","));
    const edges = ends.length === 2 ? edgesAt[ends[0]].filter((edge) => otherEnd(edge, ends[0]) === ends[1]) : [];
    return edges.length ? { kind, id, ends, edges } : null;
  }
  return null;
};
const parameters = () => new URLSearchParams(location.hash.slice(1));
const selectionInAddress = () => {
  for (const [kind, id] of parameters()) {
    const found = selectionOf(kind, id);
    if (found) return found;
  }
  return null;
};

const route = () => {
  const found = selectionInAddress();
  if (!found && !state.selected) return;
  state.selected = found;
  if (found) openFilters(found);
  renderPanel();
  redraw();
  if (found) moveTo(found.ends, found.kind === "entity" ? neighbours(found.n).filter((n) => scene.nodes.has(n)) : []);
};

// What is asked for by name or link is shown even where a filter hides its kind.
const openFilters = ({ kind, n, ends, edges }) => {
  const { hidden } = state.view, before = JSON.stringify(hidden);
  const remove = (group, key) => { hidden[group] = hidden[group].filter((other) => other !== key); };
  for (const end of ends) remove("type", NODES[end].type);
  for (const edge of kind === "relation" ? edges : []) { remove("status", edge.status); remove("relation", edge.type); }
  if (kind === "entity" && edgesAt[n].length && !passingAt[n]) { hidden.status = []; hidden.relation = []; }
  if (JSON.stringify(hidden) !== before) changed();
};

// The address of what is seen now: what is open and what was chosen.
const sharedLink = () => {
  const wanted = new URLSearchParams();
  if (state.selected) wanted.set(state.selected.kind, state.selected.id);
  const chosen = difference();
  if (Object.keys(chosen).length) wanted.set("view", JSON.stringify(chosen));
  return `${location.href.split("#")[0]}#${wanted}`;
};
