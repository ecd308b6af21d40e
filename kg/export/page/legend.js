// The legend, whose rows are the filters of kinds.
const switchRow = (name, on, flip, icon, label, count) => {
  const row = button({ className: "filter", ariaPressed: String(on), onclick: flip }, icon, el("span", {}, label), el("span", { className: "count" }, count.toLocaleString(state.language)));
  row.dataset.filter = name;
  return row;
};
const filterRow = (group, key, icon, label, count) => {
  const hidden = state.view.hidden[group].includes(key);
  const flip = () => change((view) => { view.hidden[group] = hidden ? view.hidden[group].filter((other) => other !== key) : [...view.hidden[group], key]; });
  return switchRow(`${group}:${key}`, !hidden, flip, icon, label, count);
};
const filterSection = (group, title, rows) => {
  const keys = rows.map((row) => row.dataset.filter.slice(group.length + 1)), some = state.view.hidden[group].length > 0;
  const toggle = () => change((view) => { view.hidden[group] = some ? [] : keys; });
  return el("section", { ariaLabel: title }, el("h2", {}, title, button({ onclick: toggle }, say(some ? "all" : "nothing"))), ...rows);
};

const counts = onceMade(() => ({ type: tally(NODES, "type"), status: tally(EDGES, "status"), relation: tally(EDGES, "type"), lonely: NODES.filter((node) => node.degree === 0).length }));

const renderLegend = () => {
  const legend = byId("legend"), focused = document.activeElement && document.activeElement.dataset.filter;
  const { type, status, relation, lonely } = counts();
  const typeRows = tops().filter((t) => type.has(t)).map((t) => filterRow("type", t, typeIcon(t), labelOf(CONTEXT.entityTypes[t]), type.get(t)));
  const statusRows = Object.keys(CONTEXT.statuses).filter((s) => status.has(s)).map((s) => filterRow("status", s, statusIcon(s), labelOf(CONTEXT.statuses[s]), status.get(s)));
  const order = [...relation].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const relationRows = order.map(([r, count]) => filterRow("relation", r, "", labelOf(CONTEXT.relationTypes[r]), count));
  if (lonely && EDGES.length && !large()) {
    typeRows.push(switchRow("lonely", lonelyShown(), () => { change((view) => { view.lonely = !lonelyShown(); }); fitAll(motion(300)); }, "", say("lonely"), lonely));
  }
  const sections = [["type", "types", typeRows], ["status", "statuses", statusRows], ["relation", "relations", relationRows]];
  legend.replaceChildren(...sections.filter(([, , rows]) => rows.length).map(([group, title, rows]) => filterSection(group, say(title), rows)));
  const again = focused && [...legend.querySelectorAll(".filter")].find((row) => row.dataset.filter === focused);
  if (again) again.focus();
};
