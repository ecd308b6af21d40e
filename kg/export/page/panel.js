// The side panel: an entity with its facts and articles, or a relation with the sentences it rests on.
// Every string enters as a text node, never as markup.
const byId = (id) => document.getElementById(id);
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

const factGroups = (node) => {
  const groups = new Map();
  for (const edge of edgesAt[node.n]) {
    const label = factLabel(edge, node.n);
    groups.set(label, [...(groups.get(label) || []), edge]);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const byWeight = (a, b) => b.in.length - a.in.length || b.confidence - a.confidence || (a.id < b.id ? -1 : 1);
  return order.flatMap(([label, edges]) => [
    el("h3", {}, label, el("span", {}, edges.length.toLocaleString(state.language))),
    ...edges.sort(byWeight).map((edge) => factRow(edge, node.n)),
  ]);
};

const articleList = async (node) => {
  const numbers = [...new Set(edgesAt[node.n].flatMap((edge) => edge.in))];
  if (!numbers.length) return [];
  const articles = (await Promise.all(numbers.map(articleOf))).sort((a, b) => ((a.date || "") < (b.date || "") ? 1 : -1));
  const rows = articles.map((article) => el("li", {}, articleTitle(article), el("small", {}, articleSource(article))));
  return [el("h3", {}, say("articles"), el("span", {}, String(rows.length))), el("ul", { className: "articles" }, ...rows)];
};

// The entity elsewhere: a link where there is an address, else the words alone.
const elsewhere = (node) => (node.links || []).map(([text, url]) =>
  el("li", {}, url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text));

const entityPanel = async (node) => [
  topLine(typeIcon(node.type), el("span", {}, typeName(node))),
  el("h2", {}, node.name),
  node.aliases ? el("ul", { className: "chips" }, ...node.aliases.map((alias) => el("li", {}, alias))) : null,
  node.links ? el("ul", { className: "elsewhere", ariaLabel: say("elsewhere") }, ...elsewhere(node)) : null,
  el("p", { className: "figures" }, say("figures", node.articles, node.mentions)),
  ...(edgesAt[node.n].length ? factGroups(node) : [el("p", { className: "figures" }, say("noFacts"))]),
  ...(await articleList(node)),
];

// The sentence with its cue and the names of both ends marked.
const quotation = (pieces) => el("blockquote", {}, ...pieces.map(([text, kind]) => (kind ? el("mark", { className: kind }, text) : text)));

const proofCard = async (proof) => {
  const article = await articleOf(proof.article);
  const facts = [
    proof.speaker && `${say("speaker")}: ${proof.speaker}`, proof.date && `${say("date")}: ${proof.date}`, proof.role && `${say("role")}: ${proof.role}`,
    proof.deal && `${say("deal")}: ${dealText(proof)}`, `${say("confidence")} ${Math.round(proof.confidence * 100)}%`, proof.extractor,
  ].filter(Boolean).join(" · ");
  const source = articleSource(article), original = isNumber(article.original) ? await articleOf(article.original) : null;
  return el("li", {},
    proof.quote ? quotation(proof.quote) : el("p", {}, say("place", ...proof.place)),
    el("p", {}, articleTitle(article), source ? ` · ${source}` : ""),
    original ? el("p", {}, say("copyOf", original.title || say("untitled"))) : null,
    el("p", {}, facts));
};

// Copies count as one source; where that makes a difference, both figures are given.
const sourceCount = (edge) => (edge.sources === edge.in.length ? null : say("independent", edge.sources));

const definitions = (rows) => el("dl", {}, ...rows.filter(([, value]) => value).flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));

const endButton = (node) => button({ onclick: () => go("entity", node.id) }, typeIcon(node.type), el("span", {}, node.name));
const relationRow = (edge) => el("div", { className: "fact" },
  button({ className: "name", onclick: () => go("relation", edge.id) }, statusIcon(edge.status), el("span", {}, labelOf(CONTEXT.relationTypes[edge.type]), el("small", {}, span(edge)))),
  badge(edge.status), button({ className: "proof", onclick: () => go("relation", edge.id) }, say("proof", edge.in.length)));

const relationPanel = async (edge) => {
  const percent = Math.round(edge.confidence * 100);
  const meter = el("span", {}, el("meter", { min: 0, max: 100, value: percent, ariaLabel: say("confidence") }), `${percent}%`);
  const others = edgesAt[edge.from].filter((e) => e.n !== edge.n && otherEnd(e, edge.from) === edge.to);
  const arrow = CONTEXT.relationTypes[edge.type].symmetric ? "↕" : "↓", proofs = await evidenceOf(edge);
  return [
    topLine(el("span", {}, say("relations"))),
    el("h2", { className: "unseen" }, `${NODES[edge.from].name} – ${labelOf(CONTEXT.relationTypes[edge.type])} – ${NODES[edge.to].name}`),
    el("div", { className: "ends" }, endButton(NODES[edge.from]), el("p", {}, `${arrow} `, labelOf(CONTEXT.relationTypes[edge.type]), badge(edge.status)), endButton(NODES[edge.to])),
    definitions([[say("date"), span(edge)], [say("role"), edge.role], [say("deal"), dealText(edge)], [say("confidence"), meter], [say("sources"), [say("count", edge.in.length), sourceCount(edge)].filter(Boolean).join(" · ")]]),
    el("h3", {}, say("evidence"), el("span", {}, String(proofs.length))),
    el("ul", { className: "proofs" }, ...(await Promise.all(proofs.map(proofCard)))),
    ...(others.length ? [el("h3", {}, say("others")), ...others.map(relationRow)] : []),
  ];
};

// All relations of two entities, for the line that stands for them.
const pairPanel = async ({ ends, edges }) => [
  topLine(el("h2", {}, say("together", edges.length))),
  el("div", { className: "ends" }, ...ends.map((n) => endButton(NODES[n]))),
  ...[...edges].sort(byStatus).map(relationRow),
];

// What was asked for last is shown, even if what was asked for before takes longer to open.
const renderPanel = async () => {
  const { selected } = state;
  panel.hidden = !selected;
  if (!selected) { panel.replaceChildren(); return; }
  const make = { entity: () => entityPanel(NODES[selected.n]), relation: () => relationPanel(selected.edges[0]), pair: () => pairPanel(selected) };
  const children = await make[selected.kind]();
  if (state.selected !== selected) return;
  panel.replaceChildren(...children.filter((child) => child !== null));
  panel.scrollTop = 0;
};
