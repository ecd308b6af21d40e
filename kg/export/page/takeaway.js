// What one may take away: the view as a picture, and what it shows as data, each as a file the browser saves.
Object.assign(WORDS.ko, {
  save: "내려받기", savePng: "그림 (PNG)", saveSvg: "벡터 그림 (SVG)", saveJson: "보이는 그래프 (JSON)", saveCsv: "보이는 관계 (CSV, 엑셀)", saved: (name) => `${name} 파일을 만들었습니다`, notSaved: "파일을 만들지 못했습니다",
  shownOf: (n, m, e, f) => `개체 ${m}개 중 ${n}개, 관계 ${f}개 중 ${e}개 표시`,
  csvColumns: ["주체", "주체 유형", "관계", "대상", "대상 유형", "상태", "시점", "마지막 시점", "역할", "거래 내용", "신뢰도", "독립 출처", "기사 수", "근거 문장", "말한 이", "기사 제목", "언론사", "기사 날짜", "주소", "관계 식별자"],
});
Object.assign(WORDS.en, {
  save: "Download", savePng: "Picture (PNG)", saveSvg: "Vector picture (SVG)", saveJson: "Visible graph (JSON)", saveCsv: "Visible relations (CSV, Excel)", saved: (name) => `Made ${name}`, notSaved: "Could not make the file",
  shownOf: (n, m, e, f) => `showing ${n} of ${m} entities, ${e} of ${f} relations`,
  csvColumns: ["subject", "subject type", "relation", "object", "object type", "status", "date", "last date", "role", "deal", "confidence", "independent sources", "articles", "sentence", "speaker", "article", "publisher", "article date", "url", "relation id"],
});

// A name that any system takes for a file: no separators, no controls, no marks of direction, not too long.
const fileName = (ending) => {
  const title = [...document.title.replace(/[\\/:*?"<>|\p{C}\u2028\u2029]/gu, " ").replace(/\s+/g, " ").trim()].slice(0, 60).join("").replace(/^[. ]+|[. ]+$/g, "");
  return `${title || "graph"} ${today()}.${ending}`;
};
const keep = (blob, ending) => {
  const address = URL.createObjectURL(blob), link = el("a", { href: address, download: fileName(ending) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tell(say("saved", link.download));
};

const shownEdges = () => [...scene.lines.values()].flatMap(({ edges }) => edges).sort((a, b) => a.n - b.n);
const filled = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, value ?? null]));

// The part of the graph in view, under the names that graph.json has for the same things.
const visibleGraph = async () => {
  const edges = shownEdges(), proofs = await Promise.all(edges.map(evidenceOf)), id = (n) => NODES[n].id;
  const used = new Set(proofs.flat().map((proof) => proof.article)), articles = await Promise.all([...used].sort((a, b) => a - b).map(articleOf));
  const evidence = (proof) => filled({ article: ARTICLES[proof.article].id, text: proof.quote ? sentenceOf(proof) : null, date: proof.date, role: proof.role, deal: proof.deal, speaker: proof.speaker, confidence: proof.confidence, extractor: proof.extractor });
  return {
    format: "kg-graph-view", title: document.title, made: today(),
    shown: { entities: scene.nodes.size, relations: edges.length }, of: { entities: NODES.length, relations: EDGES.length },
    articles: articles.map((found) => filled({ id: found.id, title: found.title, date: found.date, publisher: found.publisher, url: found.url, original: isNumber(found.original) ? ARTICLES[found.original].id : found.id })),
    entities: [...scene.nodes].sort((a, b) => a - b).map((n) => NODES[n]).map((node) => filled({ id: node.id, name: node.name, type: node.type, subtype: node.subtype, aliases: node.aliases || [], mentions: node.mentions, articles: node.articles })),
    relations: edges.map((edge, i) => filled({ id: edge.id, subject: id(edge.from), object: id(edge.to), type: edge.type, status: edge.status, date: edge.date, last_date: edge.last_date, role: edge.role, deal: edge.deal, confidence: edge.confidence, articles: edge.in.length, sources: edge.sources, evidence: proofs[i].map(evidence) })),
  };
};

// A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection).
const cell = (value) => {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
const csvRow = async (edge) => {
  const proofs = await evidenceOf(edge), proof = proofs.find((found) => found.quote) || proofs[0], article = proof ? await articleOf(proof.article) : {};
  const [subject, object] = [NODES[edge.from], NODES[edge.to]];
  return [subject.name, typeName(subject), labelOf(CONTEXT.relationTypes[edge.type]), object.name, typeName(object), labelOf(CONTEXT.statuses[edge.status]), edge.date, edge.last_date, edge.role, dealText(edge), edge.confidence, edge.sources, edge.in.length,
    proof ? sentenceOf(proof) : "", proof && proof.speaker, article.title, article.publisher, article.date, article.url, edge.id];
};
// With a byte order mark, by which Excel knows UTF-8 (RFC 4180 lines).
const csvText = async () => {
  const rows = [WORDS[state.language].csvColumns, ...(await Promise.all(shownEdges().map(csvRow)))];
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
};

const SAVES = {
  savePng: ["png", pngPicture], saveSvg: ["svg", svgPicture],
  saveJson: ["json", async () => new Blob([JSON.stringify(await visibleGraph(), null, 1)], { type: "application/json" })],
  saveCsv: ["csv", async () => new Blob([await csvText()], { type: "text/csv;charset=utf-8" })],
};
const saveAs = async (name) => {
  const [ending, make] = SAVES[name];
  toggleSaves(false);
  try { keep(await make(), ending); } catch (error) { tell(say("notSaved")); throw error; }
};

const saves = el("div", { id: "saves", role: "menu", hidden: true });
const toggleSaves = (open = saves.hidden) => {
  saves.hidden = !open;
  byId("save").ariaExpanded = String(open);
  if (!open) return;
  saves.replaceChildren(...Object.keys(SAVES).map((name) => button({ role: "menuitem", onclick: () => { saveAs(name); byId("save").focus(); } }, say(name))), el("p", {}, shownOf()));
  saves.firstElementChild.focus();
};
const walkSaves = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], items = [...saves.querySelectorAll("button")];
  if (event.key === "Escape") { event.stopPropagation(); toggleSaves(false); byId("save").focus(); }
  if (!step) return;
  event.preventDefault();
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
};
saves.addEventListener("keydown", walkSaves);
saves.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !saves.contains(relatedTarget) && relatedTarget.id !== "save") toggleSaves(false); });
addEventListener("pointerdown", ({ target }) => { if (!saves.hidden && !target.closest("#saves, #save")) toggleSaves(false); });
