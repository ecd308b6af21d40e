// The colours of the map: by type, or by community with the largest of them listed.
Object.assign(WORDS.ko, { colours: "색", byType: "유형", byCommunity: "무리", communities: "무리", otherCommunities: (n) => `그 밖의 무리 ${n}개`, zoomTo: (name) => `${name} 무리로 이동` });
Object.assign(WORDS.en, { colours: "Colour", byType: "Type", byCommunity: "Community", communities: "Communities", otherCommunities: (n) => `${n} other ${n === "1" ? "community" : "communities"}`, zoomTo: (name) => `Go to the community of ${name}` });

const LARGEST = 10;
const isSet = (value) => value !== null && value !== undefined;

// All communities of two and more, the largest first; members by importance, so that the first two can name it.
const communities = onceMade(() => {
  const members = new Map();
  for (const { n, community } of NODES) {
    if (!isSet(community)) continue;
    if (members.has(community)) members.get(community).push(n); else members.set(community, [n]);
  }
  return [...members].filter(([, numbers]) => numbers.length > 1).sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([community, numbers]) => ({ community, numbers, name: numbers.slice(0, 2).map((n) => NODES[n].name).join(" · ") }));
});

// Brings a community into view, but for its outermost members.
const goToCommunity = ({ numbers }) => {
  const spots = numbers.filter(present).map(spotOf).filter(Boolean), cut = Math.floor(spots.length / 50);
  const inner = (axis) => { const sorted = spots.map((spot) => spot[axis]).sort((a, b) => a - b); return [sorted[cut], sorted[sorted.length - 1 - cut]]; };
  if (!spots.length) return;
  const [left, right] = inner("x"), [top, bottom] = inner("y");
  fitSpots([{ x: left, y: top }, { x: right, y: bottom }], large() ? false : motion(320));
};

const communityRow = (found) => {
  const count = el("span", { className: "count" }), swatch = el("i", { className: "swatch" });
  swatch.style.background = `var(--${hueOf(found.community)})`;
  const title = say("zoomTo", found.name);
  return { found, count, element: button({ className: "filter community", title, onclick: () => goToCommunity(found) }, swatch, el("span", {}, found.name), count) };
};
const communityRows = inLanguage(() => communities().slice(0, LARGEST).map(communityRow));

const colourSwitch = inLanguage(() => {
  const choice = (colour, word) => {
    const element = button({ onclick: () => { if (state.view.colour !== colour) change((view) => { view.colour = colour; }); } }, say(word));
    element.dataset.colour = colour;
    return element;
  };
  return el("div", { className: "switch", role: "group", ariaLabel: say("colours") }, el("span", {}, say("colours")), choice("type", "byType"), choice("community", "byCommunity"));
});

const communityParts = () => {
  if (communities().length < 2) return [];
  const box = colourSwitch();
  for (const choice of box.querySelectorAll("button")) choice.ariaPressed = String(choice.dataset.colour === state.view.colour);
  byId("legend").dataset.colour = state.view.colour;
  if (state.view.colour !== "community") return [box];
  const rows = communityRows(), others = communities().length - rows.length;
  for (const { found, count } of rows) count.textContent = share(found.numbers.reduce((sum, n) => sum + (present(n) ? 1 : 0), 0), found.numbers.length);
  const rest = others > 0 ? el("p", { className: "rest" }, say("otherCommunities", others)) : null;
  return [box, el("section", { ariaLabel: say("communities") }, el("h2", {}, say("communities")), ...rows.map(({ element }) => element), rest)];
};
