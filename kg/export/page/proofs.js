// What a relation rests on: the sentences with their marks and sources, copies under the article they repeat.
Object.assign(WORDS.ko, {
  cueMark: "관계를 밝힌 말", endMark: "두 개체의 이름", copySentence: "문장 복사", sentenceCopied: "문장과 출처를 복사했습니다", repeats: (n) => `같은 글을 실은 기사 ${n}`,
  byDate: "날짜순", bySurety: "확실한 순", order: "순서", undatedArticle: "날짜 없음", reported: "보도", unseenNow: "지금 필터에 가려 그래프에는 보이지 않는 관계입니다.",
});
Object.assign(WORDS.en, {
  cueMark: "the words that state it", endMark: "names of the two", copySentence: "Copy sentence", sentenceCopied: "Copied the sentence and its source", repeats: (n) => `Printed by ${n} more ${n === "1" ? "article" : "articles"}`,
  byDate: "by date", bySurety: "surest first", order: "Order", undatedArticle: "undated", reported: "Reported", unseenNow: "Not in the graph now: filters hide this relation.",
});

const PROOFS = 10;
// The sentence with its cue and the names of both ends marked.
const markTitle = (kind) => say(kind === "cue" ? "cueMark" : "endMark");
const quotation = (pieces) => el("blockquote", {}, ...pieces.map(([text, kind]) => (kind ? el("mark", { className: kind, title: markTitle(kind) }, text) : text)));
const markKey = () => el("p", { className: "key" }, el("span", { className: "key-cue" }, say("cueMark")), el("span", { className: "key-end" }, say("endMark")));

// The sentence and where it stands, as one would quote it.
const sentenceOf = (proof) => (proof.quote || []).map(([text]) => text).join("");
const citation = (proof, article) => {
  const source = [article.title, article.publisher, article.date].filter(Boolean).join(", ");
  return [`“${sentenceOf(proof)}”`, `— ${[source, article.url].filter(Boolean).join(" ")}`].join("\n");
};

const copyRow = async (proof) => {
  const article = await articleOf(proof.article);
  return el("li", {}, articleTitle(article), el("small", {}, articleSource(article)), isNumber(article.original) ? el("small", {}, say("copyOf", (await articleOf(article.original)).title || say("untitled"))) : null);
};
const proofCard = async ({ proof, copies }, status) => {
  const article = await articleOf(proof.article), original = isNumber(article.original) ? await articleOf(article.original) : null;
  const facts = [
    proof.speaker && `${say("speaker")}: ${proof.speaker}`, proof.date && `${say("date")}: ${proof.date}`, proof.role && `${say("role")}: ${proof.role}`,
    proof.deal && `${say("deal")}: ${dealText(proof)}`, `${say("confidence")} ${Math.round(proof.confidence * 100)}%`, proof.extractor,
  ].filter(Boolean).join(" · ");
  const copy = proof.quote ? button({ className: "copy", onclick: () => copyText(citation(proof, article), say("sentenceCopied")) }, symbol("copy"), el("span", {}, say("copySentence"))) : null;
  return el("li", {},
    proof.quote ? quotation(proof.quote) : el("p", {}, say("place", ...proof.place)),
    el("p", { className: "source" }, articleTitle(article), el("small", {}, articleSource(article) || say("undatedArticle"))),
    original ? el("p", {}, say("copyOf", original.title || say("untitled"))) : null,
    el("div", { className: "foot" }, badge(status), el("span", {}, facts), copy),
    copies.length ? el("details", {}, el("summary", {}, say("repeats", copies.length)), el("ul", { className: "articles" }, ...(await Promise.all(copies.map(copyRow))))) : null);
};

// Sentences by the article they first stood in, the earliest first; the same sentence in a copy goes under it.
const grouped = (proofs) => {
  const date = ({ article }) => ARTICLES[article].date || "9999";
  const order = [...proofs].sort((a, b) => isNumber(ARTICLES[a.article].original) - isNumber(ARTICLES[b.article].original) || (date(a) < date(b) ? -1 : date(a) > date(b) ? 1 : a.article - b.article));
  const groups = new Map();
  for (const proof of order) {
    const key = JSON.stringify([ARTICLES[proof.article].original ?? proof.article, proof.quote ? sentenceOf(proof) : proof.place]);
    const known = groups.get(key);
    if (known && known.proof.article !== proof.article) known.copies.push(proof); else groups.set(known ? key + proof.article : key, { proof, copies: [] });
  }
  return [...groups.values()].sort((a, b) => (date(a.proof) < date(b.proof) ? -1 : date(a.proof) > date(b.proof) ? 1 : 0));
};

// Copies count as one source; where that makes a difference, both figures are given.
const sourceCount = (edge) => (edge.sources === edge.in.length ? null : say("independent", edge.sources));
const meterOf = (confidence) => {
  const percent = Math.round(confidence * 100);
  return el("span", {}, el("meter", { min: 0, max: 100, value: percent, ariaLabel: say("confidence") }), `${percent}%`);
};

const relationRow = (edge) => el("div", { className: "fact" },
  button({ className: "name", onclick: () => go("relation", edge.id) }, statusIcon(edge.status), el("span", {}, labelOf(CONTEXT.relationTypes[edge.type]), el("small", {}, [edge.role, span(edge)].filter(Boolean).join(" · ")))),
  badge(edge.status), button({ className: "proof", onclick: () => go("relation", edge.id) }, say("proof", edge.in.length)));

const reportedDays = (edge) => {
  const dates = edge.in.map((n) => ARTICLES[n].date).filter(Boolean).sort();
  return [...new Set([dates[0], dates[dates.length - 1]].filter(Boolean))].join(` ${say("until")} `);
};
const relationPanel = async (edge) => {
  const others = edgesAt[edge.from].filter((e) => e.n !== edge.n && otherEnd(e, edge.from) === edge.to);
  const arrow = CONTEXT.relationTypes[edge.type].symmetric ? "↕" : "↓", proofs = await evidenceOf(edge), groups = grouped(proofs);
  return [
    topLine(el("span", {}, say("relations"))),
    el("h2", { className: "unseen" }, `${NODES[edge.from].name} – ${labelOf(CONTEXT.relationTypes[edge.type])} – ${NODES[edge.to].name}`),
    el("div", { className: "ends" }, endButton(NODES[edge.from]), el("p", {}, `${arrow} `, labelOf(CONTEXT.relationTypes[edge.type]), badge(edge.status)), endButton(NODES[edge.to])),
    passing[edge.n] ? null : el("p", { className: "remark" }, say("unseenNow")),
    definitions([[say("date"), span(edge)], [say("reported"), reportedDays(edge)], [say("role"), edge.role], [say("deal"), dealText(edge)], [say("confidence"), meterOf(edge.confidence)], [say("sources"), [say("count", edge.in.length), sourceCount(edge)].filter(Boolean).join(" · ")]]),
    el("h3", {}, say("evidence"), el("span", {}, inDigits(proofs.length))),
    proofs.some((proof) => proof.quote) ? markKey() : null,
    ...(await longList("proofs", el("ul", { className: "proofs" }), groups, PROOFS, (group) => proofCard(group, edge.status))),
    ...(others.length ? [el("h3", {}, say("others")), ...others.sort(bySurety).map(relationRow)] : []),
  ];
};

// All relations of two entities, each with the sentence of its surest evidence.
let pairOrder = "bySurety";
const bySurety = (a, b) => b.sources - a.sources || b.confidence - a.confidence || byStatus(a, b);
const byDay = (a, b) => (spans().first[a.n] || 1e9) - (spans().first[b.n] || 1e9) || bySurety(a, b);
const pairRow = async (edge) => {
  const proofs = await evidenceOf(edge), [best] = [...proofs].sort((a, b) => b.confidence - a.confidence).filter((proof) => proof.quote);
  const arrow = CONTEXT.relationTypes[edge.type].symmetric ? "" : `${shorten(NODES[edge.from].name, 12)} → ${shorten(NODES[edge.to].name, 12)}`;
  const row = relationRow(edge);
  if (!passing[edge.n]) row.classList.add("off");
  return el("li", {}, row, arrow ? el("small", {}, arrow) : null, best ? quotation(best.quote) : null);
};
const pairPanel = async ({ ends, edges }) => {
  const turn = (order) => button({ ariaPressed: String(pairOrder === order), onclick: () => { pairOrder = order; renderPanel(true); } }, say(order));
  const sorted = [...edges].sort(pairOrder === "byDate" ? byDay : bySurety);
  return [
    topLine(el("h2", {}, say("together", edges.length))),
    el("div", { className: "ends" }, ...ends.map((n) => endButton(NODES[n]))),
    el("div", { className: "orders", role: "group", ariaLabel: say("order") }, turn("bySurety"), turn("byDate")),
    ...(await longList("pair", el("ul", { className: "pair" }), sorted, PROOFS, pairRow)),
  ];
};
