// The address says what is open, so that back, forward and shared links work: #entity=ID, #relation=ID, #pair=ID,ID
// or #path=ID,ID, and &view=… with what the reader chose.
Object.assign(WORDS.ko, { notHere: "링크가 가리키는 것을 이 그래프에서 찾지 못했습니다" });
Object.assign(WORDS.en, { notHere: "What the link names was not found in this graph" });
const ASKED = ["entity", "relation", "pair", "path"];
const go = (kind, id) => { location.hash = kind ? `${kind}=${encodeURIComponent(id)}` : ""; };

// Other words for an entity, for links made elsewhere: ids it had before, tickers and items of Wikidata with and without
// their scheme, names. What several share opens none of them.
const otherWords = onceMade(() => {
  const words = new Map();
  const add = (grade, word, node) => {
    const known = words.get(word);
    if (!known || grade < known.grade) words.set(word, { grade, node });
    else if (grade === known.grade && known.node !== node) known.node = null;
  };
  for (const node of NODES) {
    for (const id of node.former || []) add(0, id, node);
    for (const [text] of node.links || []) for (const word of [text.replace(" ", ":"), text.split(" ").pop()]) add(1, plain(word), node);
    add(2, plain(node.name), node);
    for (const alias of node.aliases || []) add(3, plain(alias), node);
  }
  return words;
});
const entityCalled = (id) => {
  const node = nodeById().get(id);
  if (node) return node;
  const found = otherWords().get(id) || otherWords().get(plain(id));
  return found ? found.node : null;
};

// What an address selects, with the numbers of its ends; null for what is not in this graph.
const selectionOf = (kind, id) => {
  if (kind === "entity") {
    const node = entityCalled(id);
    return node ? { kind, id: node.id, n: node.n, ends: [node.n], edges: [] } : null;
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
  if (kind === "path") {
    const ends = numbersOf(id.split(","));
    return ends.length === 2 && ends[0] !== ends[1] ? { kind, id, ends, edges: wayEdges(ends) } : null;
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
  if (!found && ASKED.some((kind) => parameters().get(kind))) tell(say("notHere"));
  if (!found && !state.selected) return;
  state.selected = found;
  if (found) openFilters(found);
  if (found && found.kind === "path") followPath(found);
  renderPanel();
  redraw();
  if (!found) return;
  if (found.kind === "path") fitAll(motion(300));
  else moveTo(found.ends, found.kind === "entity" ? neighbours(found.n).filter((n) => scene.nodes.has(n)) : []);
};

// A link pasted into the open page brings its choices with it; one can go back to what was chosen before. Coming back
// to its address later opens what it names, but takes away none of what was chosen since.
const noteArrival = () => { try { history.replaceState("arrived", ""); } catch { /* a page inside another may have no history */ } };
const arrive = () => {
  const wanted = parameters().get("view");
  if (wanted !== null && history.state !== "arrived") change(() => adopt(wanted));
  noteArrival();
  route();
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
