// The address says what is open, so that back, forward and shared links work: #entity=ID, #relation=ID, #pair=ID,ID
// or #path=ID,ID, and &view=… with what the reader chose.
Object.assign(WORDS.ko, {
  notHere: "링크가 가리키는 것을 이 그래프에서 찾지 못했습니다",
  openedFilters: (names) => `찾은 것이 보이도록 필터를 풀었습니다: ${names}`, handHidden: "숨긴 개체",
  outsideFocus: "고른 관계는 초점이나 경로 밖에 있어 그려지지 않았습니다", behindFilters: "고른 관계는 필터에 가려 그려지지 않았습니다",
});
Object.assign(WORDS.en, {
  notHere: "What the link names was not found in this graph",
  openedFilters: (names) => `Filters gave way to show this: ${names}`, handHidden: "Hidden entities",
  outsideFocus: "The chosen relation lies outside the focus or path and is not drawn", behindFilters: "The chosen relation is hidden by filters and not drawn",
});
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

const route = ({ same = false } = {}) => {
  const found = selectionInAddress();
  if (!found && ASKED.some((kind) => parameters().get(kind))) tell(say("notHere"));
  if (!found && !state.selected) return;
  state.selected = found;
  if (found) openFilters(found, { same });
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
  const fresh = wanted !== null && history.state !== "arrived";
  if (fresh) change(() => adopt(wanted));
  noteArrival();
  route({ same: fresh });
};

// What is asked for by name or link is shown even where filters hide it: they give way, and that is said. Of a pair, or
// of the relations of an entity, the one that fewest filters hide comes through, unless some are shown anyway.
const without = (list, ...gone) => list.filter((one) => !gone.includes(one));
const OPENERS = {
  type: ["types", (view, { from, to }) => { view.hidden.type = without(view.hidden.type, NODES[from].type, NODES[to].type); }],
  away: ["handHidden", (view, { from, to }) => { view.away = without(view.away, NODES[from].id, NODES[to].id); }],
  status: ["statuses", (view, { status }) => { view.hidden.status = without(view.hidden.status, status); }],
  relation: ["relations", (view, { type }) => { view.hidden.relation = without(view.hidden.relation, type); }],
  publisher: ["publishers", (view, edge) => { view.hidden.publisher = without(view.hidden.publisher, ...edge.in.map((n) => ARTICLES[n].publisher || "")); }],
  confidence: ["confidence", (view) => { view.confidence = 0; }],
  sources: ["independentSources", (view) => { view.sources = 1; }],
  time: ["timeBar", (view) => { view.from = view.to = null; }],
};
const facetsMissed = ({ n }) => FACETS.filter(({ name }) => missed[n] & BIT[name]).map(({ name }) => name);
const edgeToOpen = ({ kind, n, edges }) => {
  const wanted = kind !== "entity" ? edges : isAway(n) ? [] : edgesAt[n];
  if (kind === "path" || wanted.some(({ n: edge }) => passing[edge])) return null;
  return wanted.reduce((best, edge) => (best === null || facetsMissed(edge).length < facetsMissed(best).length ? edge : best), null);
};
const openFilters = (found, { same }) => {
  const types = found.ends.map((end) => NODES[end].type).filter((type) => state.view.hidden.type.includes(type));
  const edge = edgeToOpen(found), opened = new Set(edge ? facetsMissed(edge) : []);
  if (types.length) opened.add("type");
  if (!opened.size) return;
  change((view) => {
    view.hidden.type = without(view.hidden.type, ...types);
    for (const name of edge ? opened : []) OPENERS[name][1](view, edge);
  }, { same });
  tell(say("openedFilters", [...opened].map((name) => say(OPENERS[name][0])).join(", ")));
};

// Why a chosen relation is not drawn, beside how much is: outside the focus, or hidden by filters that were set after it.
const notDrawn = () => {
  const { selected } = state;
  if (!selected || !["relation", "pair"].includes(selected.kind) || selected.edges.some(drawable)) return [];
  return [el("strong", {}, say(selected.edges.some(({ n }) => passing[n]) ? "outsideFocus" : "behindFilters"))];
};

// The address of what is seen now: what is open and what was chosen.
const sharedLink = () => {
  const wanted = new URLSearchParams();
  if (state.selected) wanted.set(state.selected.kind, state.selected.id);
  const chosen = difference();
  if (Object.keys(chosen).length) wanted.set("view", JSON.stringify(chosen));
  return `${location.href.split("#")[0]}#${wanted}`;
};
