// Everything as tables, for those who cannot or will not read a drawing: what meets the filters, sorted, a page at a time.
Object.assign(WORDS.ko, {
  form: "보기", formGraph: "그래프", formTable: "표", tables: "표", entities: "개체", sift: "표에서 찾기 (이름, 초성, 관계)",
  columns: { name: "이름", kind: "유형", joined: "관계", articles: "기사", mentions: "언급", from: "주체", relation: "관계", to: "대상", status: "상태", date: "시점", confidence: "신뢰도", sources: "독립 출처" },
  listedEntities: (n, m) => `개체 ${m}개 중 ${n}개`, listedRelations: (n, m) => `관계 ${m}개 중 ${n}개`, rows: (from, to, n) => `${n}줄 중 ${from}–${to}`,
  pages: "쪽", firstPage: "첫 쪽", pageBefore: "이전 쪽", pageAfter: "다음 쪽", lastPage: "마지막 쪽", nothingListed: "조건에 맞는 것이 없습니다",
});
Object.assign(WORDS.en, {
  form: "View", formGraph: "Graph", formTable: "Table", tables: "Tables", entities: "Entities", sift: "Find in the table (names, relations)",
  columns: { name: "Name", kind: "Type", joined: "Relations", articles: "Articles", mentions: "Mentions", from: "Subject", relation: "Relation", to: "Object", status: "Status", date: "Date", confidence: "Confidence", sources: "Independent sources" },
  listedEntities: (n, m) => `${n} of ${m} entities`, listedRelations: (n, m) => `${n} of ${m} relations`, rows: (from, to, n) => `${from}–${to} of ${n} rows`,
  pages: "Pages", firstPage: "First page", pageBefore: "Previous page", pageAfter: "Next page", lastPage: "Last page", nothingListed: "Nothing meets the conditions",
});

const ROWS = 100; // on a page
const LONGEST = 100; // letters of the quick filter
const TABLES = ["entities", "relations"];
let leaf = 0, lastTable = "entities";
let listing = null; // the sorted rows of the table in view, until a choice changes them
const tableForm = () => (TABLES.includes(state.view.form) ? state.view.form : null);

// Hangul syllables stand in the order of the dictionary; 가 before 나 needs no collation.
const ranked = (texts) => {
  const low = texts.map((text) => text.toLowerCase()), rank = new Float64Array(texts.length);
  [...low.keys()].sort((a, b) => (low[a] < low[b] ? -1 : low[a] > low[b] ? 1 : a - b)).forEach((at, place) => { rank[at] = place; });
  return rank;
};
const nameRank = onceMade(() => ranked(NODES.map((node) => node.name)));
const labelRank = (kinds) => {
  const keys = Object.keys(kinds), rank = ranked(keys.map((key) => labelOf(kinds[key])));
  return (key) => rank[keys.indexOf(key)];
};

const endCell = (n) => [typeIcon(NODES[n].type), el("span", {}, NODES[n].name)];
// Columns of each table: `key` is the number to sort by, `cell` what is shown; texts sort upwards first, figures downwards.
const columnsShown = {
  entities: () => {
    const kind = labelRank(CONTEXT.entityTypes);
    return [
      { name: "name", text: true, key: (node) => nameRank()[node.n], cell: (node) => [typeIcon(node.type), el("span", {}, node.name), node.aliases ? el("small", {}, node.aliases.join(" · ")) : null] },
      { name: "kind", text: true, key: (node) => kind(node.subtype || node.type), cell: (node) => [typeName(node)] },
      { name: "joined", key: (node) => passingAt[node.n], cell: (node) => [inDigits(passingAt[node.n])] },
      { name: "articles", key: (node) => node.articles, cell: (node) => [inDigits(node.articles)] },
      { name: "mentions", key: (node) => node.mentions, cell: (node) => [inDigits(node.mentions)] },
    ];
  },
  relations: () => {
    const kind = labelRank(CONTEXT.relationTypes);
    return [
      { name: "from", text: true, key: (edge) => nameRank()[edge.from], cell: (edge) => endCell(edge.from) },
      { name: "relation", text: true, key: (edge) => kind(edge.type), cell: (edge) => [labelOf(CONTEXT.relationTypes[edge.type]), edge.role || edge.deal ? el("small", {}, [edge.role, dealText(edge)].filter(Boolean).join(" · ")) : null] },
      { name: "to", text: true, key: (edge) => nameRank()[edge.to], cell: (edge) => endCell(edge.to) },
      { name: "status", text: true, key: (edge) => RANK.indexOf(edge.status), cell: (edge) => [badge(edge.status)] },
      { name: "date", key: (edge) => (edge.date ? firstDay(edge.date) : null), cell: (edge) => [span(edge)] },
      { name: "confidence", key: (edge) => edge.confidence, cell: (edge) => [`${Math.round(edge.confidence * 100)}%`] },
      { name: "sources", key: (edge) => edge.sources, cell: (edge) => [inDigits(edge.sources)] },
      { name: "articles", key: (edge) => edge.in.length, cell: (edge) => [inDigits(edge.in.length)] },
    ];
  },
};

// Entities without relations are left out of the drawing until asked for, of the table only when refused.
const listed = (n) => present(n) || (!within && state.view.lonely === null && edgesAt[n].length === 0 && entityOpen(n));
const namedLike = (wanted) => {
  const found = new Uint8Array(NODES.length), field = /^[ㄱ-ㅎ]+$/.test(plain(state.view.sift)) ? "initials" : "letters";
  for (const entry of searchIndex()) if (entry[field].includes(wanted)) found[entry.node.n] = 1;
  return found;
};
const membersOf = (form) => {
  const wanted = letters(state.view.sift), found = wanted ? namedLike(wanted) : null;
  if (form === "entities") return NODES.filter((node) => listed(node.n) && (!found || found[node.n]));
  const kinds = new Set(Object.keys(CONTEXT.relationTypes).filter((type) => letters(labelOf(CONTEXT.relationTypes[type])).includes(wanted)));
  return EDGES.filter((edge) => drawable(edge) && (!found || found[edge.from] || found[edge.to] || kinds.has(edge.type)));
};
const sortedRows = (form) => {
  const members = membersOf(form), { by, down } = state.view.sort[form], { key } = columnsShown[form]().find(({ name }) => name === by);
  const keys = Float64Array.from(members, (row) => { const value = key(row); return value === null ? Infinity : down ? -value : value; });
  const order = Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] < keys[b] ? -1 : 1));
  return Array.from(order, (at) => members[at]);
};

const sortBy = (form, { name, text }) => {
  const { by, down } = state.view.sort[form];
  change((view) => { view.sort[form] = { by: name, down: by === name ? !down : !text }; });
};
const headCell = (form, column) => {
  const { by, down } = state.view.sort[form], here = by === column.name;
  const arrow = el("span", { className: "arrow", ariaHidden: "true" }, here ? (down ? "↓" : "↑") : "");
  const sort = button({ onclick: () => sortBy(form, column) }, say("columns")[column.name], arrow);
  sort.dataset.key = `sort-${column.name}`;
  const cell = el("th", { scope: "col", className: column.text ? "" : "figure" }, sort);
  if (here) cell.ariaSort = down ? "descending" : "ascending";
  return cell;
};
// A row opens by a click anywhere; its first cell is a button for everyone else, with the whole relation as its name.
const rowOf = (form, columns, row) => {
  const cells = columns.map((column, i) => {
    if (i > 0) return el("td", { className: column.text ? "" : "figure" }, ...column.cell(row));
    const open = button({}, ...column.cell(row));
    if (form === "relations") open.ariaLabel = `${NODES[row.from].name} – ${labelOf(CONTEXT.relationTypes[row.type])} – ${NODES[row.to].name}`;
    return el("th", { scope: "row" }, open);
  });
  const line = el("tr", {}, ...cells);
  line.dataset.id = row.id;
  if (state.selected && state.selected.id === row.id) line.ariaCurrent = "true";
  return line;
};

// What makes the table shorter, as the chips over the drawing say it.
const narrowing = () => {
  const { focus, path, away } = state.view, ends = numbersOf(path || []), known = numbersOf(focus ? focus.ids : []);
  const part = ends.length === 2 ? say("pathChip", ...ends.map((n) => NODES[n].name)) : known.length ? say("focusChip", NODES[known[0]].name, known.length - 1, focus.hops) : "";
  return [part, away.length ? say("hiddenChip", away.length) : "", ...activeFilters().map(({ words }) => words)].filter(Boolean);
};
const countsListed = (form) => [say(form === "entities" ? "listedEntities" : "listedRelations", listing.length, form === "entities" ? NODES.length : EDGES.length), ...narrowing()].join(" · ");
const tableOf = (form) => {
  const columns = columnsShown[form](), rows = listing.slice(leaf * ROWS, (leaf + 1) * ROWS).map((row) => rowOf(form, columns, row));
  const nothing = el("tr", {}, el("td", { colSpan: columns.length, className: "none" }, say("nothingListed")));
  return el("table", { className: form }, el("caption", {}, countsListed(form)),
    el("thead", {}, el("tr", {}, ...columns.map((column) => headCell(form, column)))), el("tbody", {}, ...(rows.length ? rows : [nothing])));
};

// Buttons at either end stay focusable, so that one who pages to the end is not thrown out of the pager.
const pager = () => {
  const last = Math.max(Math.ceil(listing.length / ROWS) - 1, 0);
  const turn = (word, sign, to) => {
    const there = Math.min(Math.max(to, 0), last);
    const made = button({ ariaLabel: say(word), title: say(word), ariaDisabled: String(there === leaf), onclick: () => { leaf = there; renderTable(); byId("rows").scrollTop = 0; } }, sign);
    made.dataset.key = word;
    return made;
  };
  const here = say("rows", listing.length ? leaf * ROWS + 1 : 0, Math.min((leaf + 1) * ROWS, listing.length), listing.length);
  return [turn("firstPage", "«", 0), turn("pageBefore", "‹", leaf - 1), el("span", {}, here), turn("pageAfter", "›", leaf + 1), turn("lastPage", "»", last)];
};
const tableTabs = (form) => TABLES.map((name) => {
  const tab = button({ ariaPressed: String(name === form), onclick: () => showForm(name) }, say(name));
  tab.dataset.key = `tab-${name}`;
  return tab;
});

const renderTable = () => {
  const form = tableForm(), area = byId("table"), focused = document.activeElement && document.activeElement.dataset.key;
  area.hidden = !form;
  byId("stage").dataset.form = form ? "table" : "graph";
  byId("form-graph").ariaPressed = String(!form);
  byId("form-table").ariaPressed = String(Boolean(form));
  if (!form) { byId("rows").replaceChildren(); return; }
  lastTable = form;
  listing ??= sortedRows(form);
  leaf = Math.min(leaf, Math.max(Math.ceil(listing.length / ROWS) - 1, 0));
  byId("tabs").replaceChildren(...tableTabs(form));
  byId("rows").replaceChildren(tableOf(form));
  byId("pager").replaceChildren(...pager());
  const again = focused && area.querySelector(`[data-key="${focused}"]`);
  if (again) again.focus();
};
const relist = () => { listing = null; leaf = 0; renderTable(); };
const markRow = () => {
  for (const row of byId("rows").querySelectorAll("tr[data-id]")) row.ariaCurrent = state.selected && state.selected.id === row.dataset.id ? "true" : null;
};
const showForm = (form) => {
  if (state.view.form === form) return;
  change((view) => { view.form = form; });
  if ([document.body, byId("graph"), byId("table")].includes(document.activeElement)) mainPart().focus({ preventScroll: true });
  aloud(form === "graph" ? say("formGraph") : countsListed(form));
};

const renderTableWords = () => {
  byId("forms").ariaLabel = say("form");
  byId("form-graph").textContent = say("formGraph");
  byId("form-table").textContent = say("formTable");
  byId("table").ariaLabel = say("tables");
  byId("tabs").ariaLabel = say("tables");
  byId("pager").ariaLabel = say("pages");
  Object.assign(byId("sift"), { ariaLabel: say("sift"), placeholder: say("sift") });
};

// What is typed until one leaves the field is one step to undo.
const siftField = () => {
  let waiting = null, begun = false;
  const sift = el("input", { id: "sift", type: "search", maxLength: LONGEST, autocomplete: "off", spellcheck: false, value: state.view.sift });
  const apply = () => {
    clearTimeout(waiting);
    waiting = null;
    if (sift.value === state.view.sift) return;
    change((view) => { view.sift = sift.value; }, { same: begun });
    begun = true;
  };
  sift.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  sift.addEventListener("blur", () => { apply(); begun = false; });
  watch(() => { if (waiting === null && sift.value !== state.view.sift) sift.value = state.view.sift; });
  return sift;
};

const startTable = () => {
  const sift = siftField();
  sift.addEventListener("keydown", (event) => { if (event.key === "Escape" && sift.value) event.stopPropagation(); });
  const rows = el("div", { id: "rows", onclick: ({ target }) => {
    const row = target.closest("tr[data-id]");
    if (row && getSelection().isCollapsed) go(tableForm() === "entities" ? "entity" : "relation", row.dataset.id);
  } });
  byId("table").append(el("div", { className: "bar" }, el("div", { id: "tabs", role: "group" }), sift), rows, el("div", { id: "pager", role: "group" }));
  byId("form-graph").onclick = () => showForm("graph");
  byId("form-table").onclick = () => showForm(tableForm() || lastTable);
  addEventListener("keydown", (event) => {
    if (!["t", "T", "ㅅ"].includes(event.key) || !meantAsKey(event)) return;
    showForm(tableForm() ? "graph" : lastTable);
  });
  watch(() => { renderTableWords(); relist(); });
  renderTableWords();
  renderTable();
};
