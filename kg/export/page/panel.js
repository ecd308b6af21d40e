// The side panel: an entity with its facts, its time and its articles; a relation, a pair and a path have files of their
// own. Every string enters as a text node, never as markup.
Object.assign(WORDS.ko, {
  moreRows: (n) => `더 보기 (${n})`, moreNames: (n) => `+${n}`, fewerNames: "접기", filtered: (n) => `필터로 가려진 관계 ${n}`, stating: "관계를 밝힌 기사", extent: (n, m) => `이웃 ${n} · 관계 ${m}`, andMore: (n) => `외 ${n}`,
});
Object.assign(WORDS.en, {
  moreRows: (n) => `Show more (${n})`, moreNames: (n) => `+${n}`, fewerNames: "less", filtered: (n) => `${n} ${n === "1" ? "relation" : "relations"} hidden by filters`, stating: "Articles that state them", extent: (n, m) => `${n} ${n === "1" ? "neighbour" : "neighbours"} · ${m} ${m === "1" ? "relation" : "relations"}`, andMore: (n) => `and ${n} more`,
});

const panel = byId("panel");

const el = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};
const button = (properties, ...children) => el("button", { type: "button", ...properties }, ...children);

const isNumber = (value) => typeof value === "number";
const typeName = (node) => labelOf(CONTEXT.entityTypes[node.subtype || node.type]);
const badge = (status) => el("span", { className: `status ${status}` }, labelOf(CONTEXT.statuses[status]));
const span = (edge) => [...new Set([edge.date, edge.last_date].filter(Boolean))].join(` ${say("until")} `);

const topLine = (...children) => {
  const close = button({ className: "close", ariaLabel: say("close"), title: say("close"), onclick: () => go(null) }, svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: "m5 5 10 10M15 5 5 15" })));
  return el("div", { className: "top" }, ...children, close);
};

// What the reader has opened in a panel stays open while the panel is that of the same thing.
let unfolded = { of: null, rows: new Map() };
// Rows of a long list: the first few, and further ones when asked for. `make` may return a promise.
const longList = async (key, list, items, first, make) => {
  const known = unfolded.rows, more = button({ className: "more" });
  const grow = async (wanted) => {
    const rows = await Promise.all(items.slice(list.childElementCount, wanted).map(make));
    list.append(...rows);
    const left = items.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = say("moreRows", left);
    return rows[0];
  };
  more.onclick = async () => {
    known.set(key, list.childElementCount + Math.max(first * 3, 20));
    const fresh = await grow(known.get(key));
    const target = fresh && fresh.querySelector("button, a");
    if (target) target.focus({ preventScroll: true });
  };
  await grow(known.get(key) || first);
  return [list, more];
};

const articleTitle = (article) => {
  const title = article.title || say("untitled");
  return article.url ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, title) : el("span", {}, title);
};
const articleSource = (article) => [article.publisher, article.date].filter(Boolean).join(" · ");

// How a relation is called when read from one of its ends.
const factLabel = (edge, n) => {
  const type = CONTEXT.relationTypes[edge.type];
  if (edge.from === n || type.symmetric) return labelOf(type);
  return type.inverse ? labelOf(type.inverse) : `← ${labelOf(type)}`;
};

const dealText = (record) => (record.deal || []).join(" · ");

const factRow = (edge, n) => {
  const other = NODES[otherEnd(edge, n)];
  const details = [edge.role, span(edge), dealText(edge)].filter(Boolean).join(" · ");
  const name = el("span", {}, other.name, details ? el("small", {}, details) : "");
  return el("div", { className: "fact" },
    button({ className: "name", onclick: () => go("entity", other.id) }, typeIcon(other.type), name),
    edge.status === "actual" ? null : badge(edge.status),
    button({ className: "proof", onclick: () => go("relation", edge.id) }, say("proof", edge.in.length)));
};

const FACTS = 8, STATING = 10, NAMES = 5;
const byWeight = (a, b) => b.sources - a.sources || b.in.length - a.in.length || b.confidence - a.confidence || (a.id < b.id ? -1 : 1);
const factGroups = async (node, edges, kind) => {
  const groups = new Map();
  for (const edge of edges) {
    const label = factLabel(edge, node.n);
    if (groups.has(label)) groups.get(label).push(edge); else groups.set(label, [edge]);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const parts = order.map(async ([label, found]) => [
    el("h3", {}, label, el("span", {}, inDigits(found.length))),
    ...(await longList(`${kind}:${label}`, el("div", {}), found.sort(byWeight), FACTS, (edge) => factRow(edge, node.n))),
  ]);
  return (await Promise.all(parts)).flat();
};

// What filters hide is not passed over: it waits under a line that counts it.
const filteredFacts = async (node) => {
  const edges = edgesAt[node.n].filter((edge) => !passing[edge.n]);
  if (!edges.length) return [];
  const details = el("details", { className: "filtered", open: unfolded.rows.has("filtered") }, el("summary", {}, say("filtered", edges.length)));
  details.ontoggle = () => { if (details.open) unfolded.rows.set("filtered", 1); else unfolded.rows.delete("filtered"); };
  details.append(...(await factGroups(node, edges, "filtered")));
  return [details];
};

// Articles that state relations of an entity, the latest first, each with what it states.
const statedIn = (node) => {
  const stated = new Map();
  for (const edge of edgesAt[node.n]) for (const n of edge.in) if (stated.has(n)) stated.get(n).push(edge); else stated.set(n, [edge]);
  const date = (n) => ARTICLES[n].date || "";
  return [...stated].sort(([a], [b]) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
};
const articleRow = async (node, n, edges) => {
  const article = await articleOf(n), stated = new Map();
  for (const edge of edges.sort(byWeight)) { const words = `${factLabel(edge, node.n)} ${NODES[otherEnd(edge, node.n)].name}`; if (!stated.has(words)) stated.set(words, edge); }
  const facts = [...stated].slice(0, 3).map(([words, edge]) => button({ onclick: () => go("relation", edge.id) }, words));
  return el("li", {}, articleTitle(article), el("small", {}, articleSource(article)), el("div", { className: "stated" }, ...facts, stated.size > 3 ? el("span", {}, say("andMore", stated.size - 3)) : null));
};
const articleList = async (node) => {
  const stated = statedIn(node);
  if (!stated.length) return [];
  const list = await longList("articles", el("ul", { className: "articles" }), stated, STATING, ([n, edges]) => articleRow(node, n, edges));
  return [el("h3", {}, say("stating"), el("span", {}, inDigits(stated.length))), ...list];
};

// Other names, those that differ by more than spaces first.
const nameChips = (node) => {
  const seen = new Set([plain(node.name)]), fresh = (name) => { const found = !seen.has(plain(name)); seen.add(plain(name)); return found; };
  const [distinct, alike] = [[], []];
  for (const name of node.aliases) (fresh(name) ? distinct : alike).push(name);
  const names = [...distinct, ...alike], list = el("ul", { className: "chips" });
  const render = () => {
    const open = unfolded.rows.has("names") || names.length <= NAMES + 1;
    const flip = () => { if (open) unfolded.rows.delete("names"); else unfolded.rows.set("names", 1); render(); list.querySelector("button").focus({ preventScroll: true }); };
    list.replaceChildren(...(open ? names : names.slice(0, NAMES)).map((name) => el("li", {}, name)));
    if (names.length > NAMES + 1) list.append(el("li", {}, button({ onclick: flip, ariaExpanded: String(open) }, open ? say("fewerNames") : say("moreNames", names.length - NAMES))));
  };
  render();
  return list;
};

// The entity elsewhere: a link where there is an address, else the words alone.
const elsewhere = (node) => (node.links || []).map(([text, url]) =>
  el("li", {}, url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text));

// What takes longer to open comes when it is there; a panel made anew waits for it, so that nothing jumps.
const arriving = async (children, still) => {
  const box = el("div", {}), filled = children.then((found) => box.append(...found));
  if (still) await filled;
  return box;
};

const entityPanel = async (node, still) => {
  const edges = edgesAt[node.n], facts = edges.length ? await factGroups(node, passingEdges(node.n), "facts") : [el("p", { className: "figures" }, say("noFacts"))];
  return [
    topLine(typeIcon(node.type), el("span", {}, typeName(node))),
    el("h2", {}, node.name),
    node.aliases ? nameChips(node) : null,
    node.links ? el("ul", { className: "elsewhere", ariaLabel: say("elsewhere") }, ...elsewhere(node)) : null,
    el("p", { className: "figures" }, say("figures", node.articles, node.mentions), edges.length ? ` · ${say("extent", node.degree, edges.length)}` : ""),
    actionRow(node.n),
    ...facts,
    ...(await filteredFacts(node)),
    ...(await chronicle(node)),
    await arriving(articleList(node), still),
  ];
};

const definitions = (rows) => el("dl", {}, ...rows.filter(([, value]) => value).flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
const endButton = (node) => button({ className: "end", onclick: () => go("entity", node.id) }, typeIcon(node.type), el("span", {}, node.name));

// What was asked for last is shown, even if what was asked for before takes longer to open. `still` keeps the place
// where one reads, for the same panel made anew.
const renderPanel = async (still = false) => {
  const { selected } = state;
  panel.hidden = !selected;
  if (!selected) { panel.replaceChildren(); return; }
  const name = `${selected.kind}=${selected.id}`, focused = still && panel.contains(document.activeElement) ? document.activeElement.textContent : null, top = panel.scrollTop;
  if (unfolded.of !== name) unfolded = { of: name, rows: new Map() };
  const make = { entity: () => entityPanel(NODES[selected.n], still), relation: () => relationPanel(selected.edges[0]), pair: () => pairPanel(selected), path: () => pathPanel(selected) };
  const children = await make[selected.kind]();
  if (state.selected !== selected) return;
  panel.replaceChildren(...children.filter((child) => child !== null));
  panel.scrollTop = still ? top : 0;
  const again = focused !== null && [...panel.querySelectorAll("button")].find((found) => found.textContent === focused && !found.disabled);
  if (again) again.focus({ preventScroll: true });
};
