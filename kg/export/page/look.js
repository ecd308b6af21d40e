// Colours, shapes and lines. Types differ by colour and shape, statuses by colour and stroke, so that
// neither needs colour vision (palette after Okabe and Ito, Color Universal Design).
const SHAPES = ["dot", "diamond", "triangleDown", "square", "hexagon", "star"];
const OUTLINES = {
  dot: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", diamond: "M8 .8 15.2 8 8 15.2.8 8z", triangleDown: "M1 2.5h14L8 15z",
  square: "M2 2h12v12H2z", hexagon: "M4.5 1.9h7L15 8l-3.5 6.1h-7L1 8z", star: "m8 .8 2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z",
};
const DASHES = { actual: false, planned: [8, 5], possible: [2, 4], denied: [8, 3, 2, 3], ended: false };
const HUES = 8; // colours of communities
const hueOf = (community) => `hue-${CONTEXT.hues[community]}`;

// The four basic types keep their look whatever others the schema adds.
const LOOKS = ["Organization", "Person", "Place", "Product"];
const tops = onceMade(() => [...LOOKS, ...CONTEXT.tops.filter((name) => !LOOKS.includes(name))]);
const lookOf = (type) => Math.min(Math.max(tops().indexOf(type), 0), SHAPES.length - 1);

let colours = {};
const readColours = () => {
  const style = getComputedStyle(document.documentElement);
  const kinds = [...SHAPES.map((_, i) => `type-${i}`), ...Array.from({ length: HUES }, (_, i) => `hue-${i}`)];
  const names = ["page", "surface", "text", "muted", "accent", "label", "edge-label", ...Object.keys(DASHES), ...kinds];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
};
const colourOf = (node) => {
  if (state.view.colour !== "community") return colours[`type-${lookOf(node.type)}`];
  return node.community === null || node.community === undefined ? colours.muted : colours[hueOf(node.community)];
};

// On the map the best connected are large; around a centre they would hide each other.
const sizeOf = (node) => (within ? Math.min(node.size, 20) : node.size) * scene.grow;
const nodeLook = (node, spot, faded, chosen) => {
  const background = colourOf(node), border = chosen ? colours.text : colours.page;
  return {
    id: node.n, x: spot.x, y: spot.y, size: sizeOf(node), shape: SHAPES[lookOf(node.type)], opacity: faded ? 0.14 : 1,
    // vis-network draws borders in pixels of the screen, lines in those of the map
    borderWidth: chosen ? 4 : pinned.has(node.n) ? 3 : 1.5, borderWidthSelected: 4,
    color: { background, border: pinned.has(node.n) && !chosen ? colours.muted : border, highlight: { background, border: colours.text }, hover: { background, border: colours.muted } },
  };
};

// A line of several relations is as thick as all their independent sources and looks like the surest of them.
const edgeLook = (id, { edges, curve }, opacity, chosen, arrows) => {
  const [first] = edges, colour = colours[first.status];
  const sources = edges.reduce((sum, edge) => sum + edge.sources, 0);
  const directed = edges.filter((edge) => !CONTEXT.relationTypes[edge.type].symmetric);
  const points = (towards) => arrows && directed.some((edge) => edge.to === towards && edge.from !== edge.to);
  return {
    id, from: first.from, to: first.to, dashes: DASHES[first.status] && DASHES[first.status].map((length) => length * scene.grow),
    width: (Math.min(1.3 + Math.log2(sources || 1) * 0.9, 6) + (chosen ? 2 : 0)) * scene.grow, hoverWidth: scene.grow, selectionWidth: 0,
    color: { color: colour, highlight: colour, hover: colour, opacity },
    arrows: { to: { enabled: points(first.to), scaleFactor: 0.55 }, from: { enabled: points(first.from), scaleFactor: 0.55 } },
    smooth: curve ? { enabled: true, type: curve > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(curve) } : false,
    selfReference: { size: 18, angle: Math.PI / 4 + curve * 6 },
  };
};

const svg = (name, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const typeIcon = (type) => svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, svg("path", { d: OUTLINES[SHAPES[lookOf(type)]], fill: `var(--type-${lookOf(type)})` }));
const statusIcon = (status) => {
  const line = svg("path", { d: "M1 7h24", stroke: `var(--${status})`, "stroke-width": 2.2, "stroke-dasharray": (DASHES[status] || []).join(" "), "stroke-linecap": "butt" });
  const icon = svg("svg", { viewBox: "0 0 26 14", class: "line", "aria-hidden": "true" }, line);
  if (status === "denied") icon.append(svg("path", { d: "m9.5 3.5 7 7m0-7-7 7", stroke: "var(--denied)", "stroke-width": 2 }));
  return icon;
};
