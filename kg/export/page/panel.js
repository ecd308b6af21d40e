// The side panel: an entity with its facts and articles, or a relation with the sentences it rests on.
// Every string enters as a text node, never as markup.
const panel = document.getElementById("panel");

const el = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};
const button = (properties, ...children) => el("button", { type: "button", ...properties }, ...children);

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
const factLabel = (edge, id) => {
  const type = CONTEXT.relationTypes[edge.type];
  if (edge.from === id || type.symmetric) return labelOf(type);
  return type.inverse ? labelOf(type.inverse) : `← ${labelOf(type)}`;
};

const dealText = (record) => (record.deal || []).join(" · ");

const factRow = (edge, id) => {
  const other = nodeOf.get(otherEnd(edge, id));
  const details = [edge.role, span(edge), dealText(edge)].filter(Boolean).join(" · ");
  const name = el("span", {}, other.name, details ? el("small", {}, details) : "");
  return el("div", { className: "fact" },
    button({ className: "name", onclick: () => go("entity", other.id) }, typeIcon(other.type), name),
    edge.status === "actual" ? null : badge(edge.status),
    button({ className: "proof", onclick: () => go("relation", edge.id) }, say("proof", edge.evidence.length)));
};

const factGroups = (node) => {
  const groups = new Map();
  for (const edge of edgesAt.get(node.id)) {
    const label = factLabel(edge, node.id);
    groups.set(label, [...(groups.get(label) || []), edge]);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const byWeight = (a, b) => b.articles - a.articles || b.confidence - a.confidence || (a.id < b.id ? -1 : 1);
  return order.flatMap(([label, edges]) => [
    el("h3", {}, label, el("span", {}, edges.length.toLocaleString(state.language))),
    ...edges.sort(byWeight).map((edge) => factRow(edge, node.id)),
  ]);
};

const articleList = (node) => {
  const keys = [...new Set(edgesAt.get(node.id).flatMap((edge) => edge.evidence.map((proof) => proof.article)))];
  const articles = keys.map((key) => CONTEXT.articles[key]).sort((a, b) => ((a.date || "") < (b.date || "") ? 1 : -1));
  if (!articles.length) return [];
  const rows = articles.map((article) => el("li", {}, articleTitle(article), el("small", {}, articleSource(article))));
  return [el("h3", {}, say("articles"), el("span", {}, String(rows.length))), el("ul", { className: "articles" }, ...rows)];
};

// The entity elsewhere: a link where there is an address, else the words alone.
const elsewhere = (node) => (node.links || []).map(([text, url]) =>
  el("li", {}, url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text));

const entityPanel = (node) => [
  topLine(typeIcon(node.type), el("span", {}, typeName(node))),
  el("h2", {}, node.name),
  node.aliases.length ? el("ul", { className: "chips" }, ...node.aliases.map((alias) => el("li", {}, alias))) : null,
  node.links ? el("ul", { className: "elsewhere", ariaLabel: say("elsewhere") }, ...elsewhere(node)) : null,
  el("p", { className: "figures" }, say("figures", node.articles, node.mentions)),
  ...(edgesAt.get(node.id).length ? factGroups(node) : [el("p", { className: "figures" }, say("noFacts"))]),
  ...articleList(node),
];

const quotation = ([before, cue, after]) => el("blockquote", {}, before, el("mark", {}, cue), after);

const proofCard = (proof) => {
  const article = CONTEXT.articles[proof.article];
  const facts = [
    proof.speaker && `${say("speaker")}: ${proof.speaker}`, proof.date && `${say("date")}: ${proof.date}`, proof.role && `${say("role")}: ${proof.role}`,
    proof.deal && `${say("deal")}: ${dealText(proof)}`, `${say("confidence")} ${Math.round(proof.confidence * 100)}%`, proof.extractor,
  ].filter(Boolean).join(" · ");
  const source = articleSource(article), original = CONTEXT.articles[article.original];
  return el("li", {},
    proof.quote ? quotation(proof.quote) : el("p", {}, say("place", ...proof.place)),
    el("p", {}, articleTitle(article), source ? ` · ${source}` : ""),
    original ? el("p", {}, say("copyOf", original.title || say("untitled"))) : null,
    el("p", {}, facts));
};

// Copies count as one source; where that makes a difference, both figures are given.
const sourceCount = (edge) => (edge.sources === edge.articles ? null : say("independent", edge.sources));

const definitions = (rows) => el("dl", {}, ...rows.filter(([, value]) => value).flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));

const relationPanel = (edge) => {
  const [subject, object] = [nodeOf.get(edge.from), nodeOf.get(edge.to)];
  const end = (node) => button({ onclick: () => go("entity", node.id) }, typeIcon(node.type), el("span", {}, node.name));
  const percent = Math.round(edge.confidence * 100);
  const meter = el("span", {}, el("meter", { min: 0, max: 100, value: percent, ariaLabel: say("confidence") }), `${percent}%`);
  const others = edgesAt.get(edge.from).filter((e) => e.id !== edge.id && otherEnd(e, edge.from) === edge.to);
  const arrow = CONTEXT.relationTypes[edge.type].symmetric ? "↕" : "↓";
  return [
    topLine(el("span", {}, say("relations"))),
    el("div", { className: "ends" }, end(subject), el("p", {}, `${arrow} `, labelOf(CONTEXT.relationTypes[edge.type]), badge(edge.status)), end(object)),
    definitions([[say("date"), span(edge)], [say("role"), edge.role], [say("deal"), dealText(edge)], [say("confidence"), meter], [say("sources"), [say("count", edge.articles), sourceCount(edge)].filter(Boolean).join(" · ")]]),
    el("h3", {}, say("evidence"), el("span", {}, String(edge.evidence.length))),
    el("ul", { className: "proofs" }, ...edge.evidence.map(proofCard)),
    ...(others.length ? [el("h3", {}, say("others")), ...others.map((other) => el("div", { className: "fact" },
      button({ className: "name", onclick: () => go("relation", other.id) }, statusIcon(other.status), el("span", {}, labelOf(CONTEXT.relationTypes[other.type]))), badge(other.status)))] : []),
  ];
};

const renderPanel = () => {
  const { selected } = state;
  panel.hidden = !selected;
  if (!selected) { panel.replaceChildren(); return; }
  const children = selected.kind === "entity" ? entityPanel(nodeOf.get(selected.id)) : relationPanel(edgeOf.get(selected.id));
  panel.replaceChildren(...children.filter((child) => child !== null));
  panel.scrollTop = 0;
};
