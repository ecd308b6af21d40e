// The ways between two entities: the shortest ones, whatever the direction of relations, the best attested first.
Object.assign(WORDS.ko, {
  path: "경로", wayLong: (n) => `관계 ${n}개를 거쳐 이어집니다`, ways: (i, n) => `가장 짧은 길 ${n}개 중 ${i}번째`, oneWay: "가장 짧은 길은 하나입니다", earlier: "앞의 길", later: "다음 길",
  undirected: "관계의 방향은 따지지 않으며, 지금 필터를 통과한 관계만 지납니다.", noWay: "지금 필터를 통과한 관계로는 두 개체를 잇는 길이 없습니다. 필터를 풀면 이어질 수 있습니다.", noWayAtAll: "이 그래프에는 두 개체를 잇는 길이 없습니다.", noWayShort: "길 없음", manyWays: (n) => `그중 ${n}개를 차례로 볼 수 있습니다`,
});
Object.assign(WORDS.en, {
  path: "Path", wayLong: (n) => `Joined by ${n} ${n === "1" ? "relation" : "relations"} in a row`, ways: (i, n) => `Shortest way ${i} of ${n}`, oneWay: "The only shortest way", earlier: "Way before", later: "Next way",
  undirected: "Directions of relations are ignored; only relations that meet the filters are used.", noWay: "No way joins these two by the relations that meet the filters. Other filters may show one.", noWayAtAll: "No way joins these two in this graph.", noWayShort: "no way", manyWays: (n) => `${n} of them can be seen in turn`,
});

const WAYS = 100; // shown at most; their number is said
let wayAt = 0, wayOf = null; // which way of which path is shown

const isPath = (ends) => state.view.path !== null && within !== null && numbersOf(state.view.path).join() === ends.join();
const wayLength = ([a, b]) => {
  if (!within || !within.has(b) || within.get(a) !== 0) return null;
  return within.size === 2 && within.get(b) === 2 ? null : within.get(b); // apart, with nothing between
};
const onwards = (n) => {
  const weights = new Map();
  for (const edge of passingEdges(n)) {
    const other = otherEnd(edge, n);
    if (within.get(other) === within.get(n) + 1) weights.set(other, (weights.get(other) || 0) + edge.sources);
  }
  return [...weights].sort((x, y) => y[1] - x[1] || x[0] - y[0]);
};
// Returns some of the shortest ways as lists of nodes, those with the most sources first, and how many there are.
const waysBetween = ([a, b]) => {
  const counts = new Map([[b, 1]]), order = [...within].sort((x, y) => y[1] - x[1]).map(([n]) => n);
  for (const n of order) if (n !== b) counts.set(n, onwards(n).reduce((sum, [next]) => sum + (counts.get(next) || 0), 0));
  const found = [];
  const follow = (way, weight) => {
    const n = way[way.length - 1];
    if (n === b) { found.push({ way, weight }); return; }
    for (const [next, more] of onwards(n)) if (found.length < WAYS) follow([...way, next], weight + more);
  };
  follow([a], 0);
  return { count: counts.get(a) || 0, ways: found.sort((x, y) => y.weight - x.weight).map(({ way }) => way) };
};
const joining = (a, b) => passingEdges(a).filter((edge) => otherEnd(edge, a) === b).sort((x, y) => y.sources - x.sources || byStatus(x, y));
const shownWay = (ends) => {
  if (wayOf !== ends.join()) { wayOf = ends.join(); wayAt = 0; }
  const { count, ways } = waysBetween(ends);
  wayAt = Math.min(Math.max(wayAt, 0), Math.max(ways.length - 1, 0));
  return { count, ways: ways.length, way: ways[wayAt] || [] };
};
const steps = (way) => way.slice(1).map((n, i) => ({ from: way[i], to: n, edges: joining(way[i], n) }));
const wayEdges = (ends) => (isPath(ends) && wayLength(ends) !== null ? steps(shownWay(ends).way).flatMap(({ edges }) => edges) : []);

const openPath = (a, b) => {
  change((view) => { view.path = [NODES[a].id, NODES[b].id]; view.focus = null; bringBack(view, view.path); });
  go("path", state.view.path.join(","));
};
// The path of a link, or of a step back, is made the one that is drawn.
const followPath = ({ ends }) => {
  if (!isPath(ends)) change((view) => { view.path = ends.map((n) => NODES[n].id); view.focus = null; });
};
// After a change: the way as it is now, or none where the path was ended.
const refreshPath = () => {
  const { selected } = state;
  if (!selected || selected.kind !== "path") return;
  if (!state.view.path) { go(null); return; }
  state.selected = { ...selected, edges: wayEdges(selected.ends) };
  redraw();
};
const turnTo = (i) => { wayAt = i; refreshPath(); renderPanel(true); };

const pathPanel = async ({ ends }) => {
  const top = topLine(symbol("pathTo"), el("span", {}, say("path"))), both = el("div", { className: "ends" }, endButton(NODES[ends[0]]), el("p", {}, "↓"), endButton(NODES[ends[1]]));
  if (!isPath(ends)) return [top, both];
  const far = wayLength(ends), remark = el("p", { className: "remark" }, say("undirected"));
  if (far === null) return [top, both, el("p", { className: "none" }, say(missed.some((misses) => misses) ? "noWay" : "noWayAtAll")), remark];
  const { count, ways, way } = shownWay(ends);
  const pager = ways > 1 ? el("div", { className: "pager" }, iconButton("back", say("earlier"), () => turnTo(wayAt - 1), { disabled: wayAt === 0 }), el("span", {}, say("ways", wayAt + 1, count)), iconButton("on", say("later"), () => turnTo(wayAt + 1), { disabled: wayAt === ways - 1 })) : el("p", { className: "figures" }, say("oneWay"));
  return [top, el("h2", {}, say("wayLong", far)), pager, count > ways ? el("p", { className: "figures" }, say("manyWays", ways)) : null,
    el("ol", { className: "way" }, el("li", {}, endButton(NODES[way[0]])), ...steps(way).map(({ from, to, edges }) => el("li", {},
      el("div", { className: "links" }, ...edges.map((edge) => stepRow(edge, from))), endButton(NODES[to])))), remark];
};
const stepRow = (edge, from) => el("div", { className: "fact" },
  button({ className: "name", onclick: () => go("relation", edge.id) }, statusIcon(edge.status), el("span", {}, `${CONTEXT.relationTypes[edge.type].symmetric ? "↕" : edge.from === from ? "↓" : "↑"} ${labelOf(CONTEXT.relationTypes[edge.type])}`, el("small", {}, [edge.role, span(edge)].filter(Boolean).join(" · ")))),
  edge.status === "actual" ? null : badge(edge.status), button({ className: "proof", onclick: () => go("relation", edge.id) }, say("proof", edge.in.length)));
