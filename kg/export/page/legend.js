// The legend, whose rows are the filters of kinds. Rows are made once and brought up to date, so that focus and
// pointer stay where they are.
Object.assign(WORDS.ko, {
  only: "만", onlyThis: (name) => `${name}만 보기`, more: (n) => `더 보기 (${n})`, less: "접기", publishers: "언론사", unknownPublisher: "알 수 없음",
  findPublisher: "언론사 찾기", passingOf: (n, m) => `지금 조건에 맞는 ${n} / 전체 ${m}`,
});
Object.assign(WORDS.en, {
  only: "only", onlyThis: (name) => `Only ${name}`, more: (n) => `${n} more`, less: "Fewer", publishers: "Publishers", unknownPublisher: "unknown",
  findPublisher: "Find a publisher", passingOf: (n, m) => `${n} under the present filters, ${m} in all`,
});

// Something made once for each language.
const inLanguage = (make) => {
  const made = {};
  return () => (made[state.language] ??= make());
};
const share = (count, total) => (count === total ? inDigits(total) : `${inDigits(count)} / ${inDigits(total)}`);

const directionIcon = (type) => {
  const ends = CONTEXT.relationTypes[type].symmetric ? "M4.5 5 1.5 8l3 3M11.5 5l3 3-3 3M2 8h12" : "M11 4.5 14.5 8 11 11.5M1.5 8h12.5";
  return svg("svg", { viewBox: "0 0 16 16", class: "direction", "aria-hidden": "true" }, svg("path", { d: ends }));
};
const inverseHint = (type) => {
  const { inverse } = CONTEXT.relationTypes[type];
  return inverse ? `${labelOf(CONTEXT.relationTypes[type])} → · ← ${labelOf(inverse)}` : "";
};
const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);

// `few` are shown until one asks for more.
const GROUPS = [
  { group: "type", title: "types", few: Infinity, keys: onceMade(() => tops().filter((type) => kinds().type.has(type))), icon: typeIcon, label: (type) => labelOf(CONTEXT.entityTypes[type]) },
  { group: "status", title: "statuses", few: Infinity, keys: onceMade(() => Object.keys(CONTEXT.statuses).filter((status) => kinds().status.has(status))), icon: statusIcon, label: (status) => labelOf(CONTEXT.statuses[status]) },
  { group: "relation", title: "relations", few: 10, keys: onceMade(() => byCount(kinds().relation)), icon: directionIcon, label: (type) => labelOf(CONTEXT.relationTypes[type]), hint: inverseHint },
  { group: "publisher", title: "publishers", few: 6, least: 2, keys: onceMade(() => byCount(kinds().publisher)), icon: () => "", label: (name) => name || say("unknownPublisher") },
];
const MANY = 15; // rows beyond which one can search among them

const flip = (group, key) => change((view) => {
  const hidden = view.hidden[group];
  view.hidden[group] = hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key];
});
// Only this one; asked again, all.
const showOnly = (group, key, keys) => change((view) => {
  const others = keys.filter((other) => other !== key), hidden = view.hidden[group];
  view.hidden[group] = hidden.length === others.length && !hidden.includes(key) ? [] : others;
});

const switchRow = (name, icon, label, onclick) => {
  const count = el("span", { className: "count" }), main = button({ className: "filter", onclick }, icon, el("span", {}, label), count);
  main.dataset.filter = name;
  const element = el("div", { className: "row" }, main);
  const update = (on, passing, total) => {
    main.ariaPressed = String(on);
    count.textContent = share(passing, total);
    element.style.setProperty("--digits", count.textContent.length);
    count.title = passing === total ? "" : say("passingOf", passing, total);
  };
  return { main, update, element };
};
const kindRow = ({ group, keys, icon, label, hint }, key) => {
  const row = switchRow(`${group}:${key}`, icon(key), label(key), () => flip(group, key)), words = say("onlyThis", label(key));
  if (hint) row.main.title = hint(key);
  if (keys().length > 1) row.element.append(button({ className: "only", ariaLabel: words, title: words, onclick: () => showOnly(group, key, keys()) }, say("only")));
  return { ...row, key, letters: letters(label(key)), refresh: () => row.update(!state.view.hidden[group].includes(key), found[group].get(key) || 0, kinds()[group].get(key)) };
};

const makeSection = (kind) => {
  const { group, title, few } = kind, rows = kind.keys().map((key) => kindRow(kind, key));
  const toggle = button({ onclick: () => change((view) => { view.hidden[group] = view.hidden[group].length ? [] : kind.keys(); }) });
  const list = el("div", { className: "rows" }), more = button({ className: "more" });
  const search = el("input", { type: "search", className: "seek", placeholder: say("findPublisher"), ariaLabel: say("findPublisher"), autocomplete: "off", spellcheck: false });
  let open = false;
  const refresh = () => {
    const wanted = letters(search.value), some = rows.length > few + 2, all = open || !some;
    const seen = rows.filter((row, i) => (all ? row.letters.includes(wanted) : i < few));
    for (const row of seen) row.refresh();
    if (seen.length !== list.children.length || seen.some((row, i) => list.children[i] !== row.element)) list.replaceChildren(...seen.map((row) => row.element));
    toggle.textContent = say(state.view.hidden[group].length ? "all" : "nothing");
    more.hidden = !some;
    more.textContent = open ? say("less") : say("more", rows.length - few);
    more.ariaExpanded = String(open);
    search.hidden = !open || rows.length <= MANY;
  };
  more.onclick = () => { open = !open; search.value = ""; refresh(); };
  search.oninput = refresh;
  const element = el("section", { ariaLabel: say(title) }, el("h2", {}, say(title), rows.length > 1 ? toggle : null), search, list, more);
  element.dataset.group = group;
  return { element, refresh };
};
const sections = inLanguage(() => GROUPS.filter(({ keys, least = 1 }) => keys().length >= least).map(makeSection));

const lonelyCount = onceMade(() => NODES.filter((node) => node.degree === 0).length);
const lonelyRow = inLanguage(() => switchRow("lonely", "", say("lonely"), () => { change((view) => { view.lonely = !lonelyShown(); }); fitAll(motion(300)); }));

const makeLegend = inLanguage(() => {
  const parts = el("div", {}), [first, ...others] = sections().map(({ element }) => element);
  if (lonelyCount() && EDGES.length && !large()) first.append(lonelyRow().element);
  const least = ranges().length ? el("section", { ariaLabel: say("atLeast") }, el("h2", {}, say("atLeast"))) : null;
  return { parts, least, kinds: [first, ...others].filter(Boolean) };
});

const renderLegend = () => {
  const legend = byId("legend"), { parts, least, kinds: made } = makeLegend();
  parts.replaceChildren(...communityParts().filter(Boolean));
  for (const { refresh } of sections()) refresh();
  lonelyRow().update(lonelyShown(), lonelyCount(), lonelyCount());
  for (const { update, element } of ranges()) { update(); if (element.parentNode !== least) least.append(element); }
  const wanted = [parts, ...made.slice(0, 3), ...[least].filter(Boolean), ...made.slice(3), keysSheet().element];
  if (wanted.some((part, i) => legend.children[i] !== part) || legend.children.length !== wanted.length) legend.replaceChildren(...wanted);
};
