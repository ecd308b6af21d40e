// What a link may ask for. Links are written by others: what they name that is not in this graph, or cannot be meant,
// is left out, and numbers beyond what there is come back to it.
const isText = (value) => typeof value === "string";
const finite = (value) => typeof value === "number" && Number.isFinite(value);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const between = (value, low, high) => Math.min(Math.max(value, low), high);
const knownIds = (value) => (Array.isArray(value) ? [...new Set(value)].filter((id) => isText(id) && nodeById().has(id)) : []);

const knownKinds = (group, wanted) => {
  const every = [...kinds()[group].keys()];
  if (Array.isArray(wanted)) return every.filter((key) => wanted.includes(key));
  const { only } = isRecord(wanted) ? wanted : {};
  return Array.isArray(only) ? every.filter((key) => !only.includes(key)) : [];
};
const isDay = (value) => {
  if (!Number.isInteger(value) || value < 10101 || value > 99991231) return false;
  const month = Math.floor(value / 100) % 100, day = value % 100;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};
const FARTHEST = 1e6;
const isSpot = (value) => Array.isArray(value) && value.length === 2 && value.every((part) => finite(part) && Math.abs(part) <= FARTHEST);
const knownSpots = (value) => Object.fromEntries(Object.entries(value).filter(([id, spot]) => nodeById().has(id) && isSpot(spot)));

const knownOrder = (form, value) => {
  const { by, down } = Object.hasOwn(value, form) && isRecord(value[form]) ? value[form] : {};
  return columnsShown[form]().some(({ name }) => name === by) ? { by, down: down === true } : null;
};

// What each field makes of the value a link gives; null, where not allowed, means an untouched one.
const ADOPT = {
  hidden: (value) => (isRecord(value) ? Object.fromEntries(Object.keys(untouched().hidden).map((group) => [group, knownKinds(group, Object.hasOwn(value, group) ? value[group] : [])])) : null),
  confidence: (value) => (finite(value) ? between(value, 0, 1) : null),
  sources: (value) => (finite(value) ? between(Math.round(value), 1, mostSources()) : null),
  from: (value) => (isDay(value) ? value : null),
  to: (value) => (isDay(value) ? value : null),
  away: knownIds,
  pins: (value) => (isRecord(value) ? knownSpots(value) : null),
  placed: (value) => (isRecord(value) && isText(value.where) && isRecord(value.spots) ? { where: value.where, spots: knownSpots(value.spots) } : null),
  focus: (value) => {
    const ids = knownIds(isRecord(value) ? value.ids : null);
    const whole = (given, low, high) => (finite(given) ? between(Math.round(given), low, high) : low);
    return ids.length ? { ids, hops: whole(value.hops, 1, HOPS), most: whole(value.most, MOST_NARROW, NODES.length) } : null;
  },
  path: (value) => { const ids = knownIds(value); return ids.length === 2 ? ids : null; },
  lonely: (value) => (typeof value === "boolean" ? value : null),
  sort: (value) => (isRecord(value) ? Object.fromEntries(Object.entries(untouched().sort).map(([form, usual]) => [form, knownOrder(form, value) || usual])) : null),
  sift: (value) => (isText(value) ? value.slice(0, LONGEST) : null),
  colour: (value) => (value === "community" ? value : null),
};
const sameShape = (value, given) => (value === null || (typeof given === typeof value && Array.isArray(given) === Array.isArray(value)) ? given : null);

const adopt = (text) => {
  let wanted;
  try { wanted = JSON.parse(text); } catch { return; }
  const fresh = untouched();
  for (const [key, value] of Object.entries(fresh)) {
    if (!isRecord(wanted) || !Object.hasOwn(wanted, key)) continue;
    const given = Object.hasOwn(ADOPT, key) ? ADOPT[key](wanted[key]) : sameShape(value, wanted[key]);
    if (given !== null) fresh[key] = given;
  }
  if (fresh.from !== null && fresh.to !== null && fresh.from > fresh.to) fresh.from = fresh.to = null;
  state.view = fresh;
};
