// Names and relation labels, drawn at one size whatever the zoom, the important ones first and only where
// nothing else is written: more of them appear as one zooms in, and none covers another.
const FONT = getComputedStyle(document.body).fontFamily;
const CELL = 80;
const LEADING = 24;
const widths = new Map();
let labelBoxes = []; // {id, a node's number, left, top, right, bottom} of the last drawing, for clicks on names

// The font is set only when it changes and kept by name: the canvas parses it on every assignment.
let font = "";
const useFont = (context, wanted) => {
  if (wanted === font) return;
  font = wanted;
  context.font = wanted;
};
const widthOf = (context, text) => {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) widths.set(key, width = context.measureText(text).width);
  return width;
};

// A sheet remembers what is written where, in cells, so that a free place is found quickly. Nothing is written over its
// ends, nor over those of what lies on it, `edge`, where it would be cut.
const newSheet = (width, height, edge) => {
  const cells = new Map();
  const cell = (value) => Math.floor(value / CELL);
  const free = (box) => {
    if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) return false;
    if ((box.left < edge.x && box.right > edge.x) || (box.top < edge.y && box.bottom > edge.y)) return false;
    for (let i = cell(box.left); i <= cell(box.right); i += 1) {
      for (let j = cell(box.top); j <= cell(box.bottom); j += 1) {
        for (const other of cells.get(i * 4096 + j) || []) {
          if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom && other.id !== box.id) return false;
        }
      }
    }
    return true;
  };
  const take = (box) => {
    for (let i = cell(box.left); i <= cell(box.right); i += 1) {
      for (let j = cell(box.top); j <= cell(box.bottom); j += 1) {
        const key = i * 4096 + j, taken = cells.get(key);
        if (taken) taken.push(box); else cells.set(key, [box]);
      }
    }
  };
  return { free, take };
};

const shorten = (text, most) => { if (text.length <= most) return text; const chars = [...text]; return chars.length > most ? `${chars.slice(0, most - 1).join("")}…` : text; };
const written = (context, text, x, y, colour) => {
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
};

// The nodes to name in order: chosen, under the pointer, then by rank, in which they stand already.
const labelOrder = (spots, bright) => {
  const first = [state.selected && state.selected.n, state.hovered].filter((id) => spots.has(id));
  const rest = [...spots.keys()].filter((id) => !bright || bright.nodes.has(id));
  return [...new Set([...first, ...rest])];
};

// Where a name may stand: below its node, above, right, left.
const PLACES = [[0, 1], [0, -1], [1, 0], [-1, 0]];
const nameBox = (id, spot, half, size, [across, down]) => {
  const x = spot.x + across * (spot.radius + 3 + half), y = spot.y + down * (spot.radius + 5 + size / 2);
  return { id, x, y, left: x - half, right: x + half, top: y - size / 2 - 2, bottom: y + size / 2 + 2 };
};

const drawName = (context, id, spot, sheet, forced) => {
  const node = NODES[id], size = Math.round(12 + Math.min(node.size / 12, 2.5));
  useFont(context, `${node.size > 18 || forced ? 600 : 500} ${size}px ${FONT}`);
  const text = shorten(node.name, forced ? 40 : 18), half = widthOf(context, text) / 2 + 3;
  let box = null;
  for (const place of PLACES) {
    box = nameBox(id, spot, half, size, place);
    if (sheet.free(box)) break;
    box = null;
  }
  if (!box && !forced) return;
  box ||= nameBox(id, spot, half, size, PLACES[0]);
  sheet.take(box);
  labelBoxes.push(box);
  written(context, text, box.x, box.y, colours.label);
};

// Names of the first few are placed before anything else; the others keep clear of all nodes, and wait
// until their node is large enough on the screen.
const drawNames = (context, spots, sheet, bright) => {
  const forced = new Set([state.hovered, ...(state.selected && state.selected.kind !== "entity" ? bright.nodes : [state.selected && state.selected.n])]);
  const order = labelOrder(spots, bright), leading = order.slice(0, LEADING);
  for (const id of leading) drawName(context, id, spots.get(id), sheet, forced.has(id));
  for (const id of order) {
    const { x, y, radius } = spots.get(id);
    sheet.take({ id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
  for (const id of order.slice(LEADING)) {
    if (order.length <= 150 || spots.get(id).radius >= 5.5) drawName(context, id, spots.get(id), sheet, forced.has(id));
  }
};

// The middle of an edge on the screen, null when it is out of sight.
const middle = (id, project, inside) => {
  const drawn = network.body.edges[id];
  if (!drawn || !drawn.connected) return null;
  const spot = project(drawn.edgeType.getPoint(0.5));
  return inside(spot) ? spot : null;
};

const drawEdgeMarks = (context, project, inside, sheet, bright, scale) => {
  if (!bright && scale < 0.6) return;
  useFont(context, `500 11px ${FONT}`);
  for (const [id, { edges }] of scene.lines) {
    const [edge] = edges, chosen = bright && edges.some((found) => bright.edges.has(found.n));
    if ((bright || aside(edge)) && !chosen) continue;
    const at = middle(id, project, inside);
    if (!at) continue;
    const cross = { id: `x${id}`, left: at.x - 5, right: at.x + 5, top: at.y - 5, bottom: at.y + 5 };
    if (edge.status === "denied" && sheet.free(cross)) {
      sheet.take(cross);
      context.strokeStyle = colours.denied;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(at.x - 4.5, at.y - 4.5);
      context.lineTo(at.x + 4.5, at.y + 4.5);
      context.moveTo(at.x + 4.5, at.y - 4.5);
      context.lineTo(at.x - 4.5, at.y + 4.5);
      context.stroke();
      context.strokeStyle = colours.page;
      context.lineWidth = 4;
    }
    if (!chosen && scale < 0.8) continue;
    if (quiet(edge) && !chosen) continue;
    const kinds = new Set(edges.map((found) => found.type)), kind = labelOf(CONTEXT.relationTypes[edge.type]);
    const text = kinds.size > 1 ? `${kind} +${kinds.size - 1}` : kind, half = widthOf(context, text) / 2 + 2;
    const y = at.y + (edge.status === "denied" ? 12 : 0);
    const box = { id, left: at.x - half, right: at.x + half, top: y - 8, bottom: y + 8 };
    if (!sheet.free(box)) continue;
    sheet.take(box);
    written(context, text, at.x, y, edge.status === "actual" || edge.status === "ended" ? colours["edge-label"] : colours[edge.status]);
  }
};

// The regions of a large map, as faint discs behind their nodes.
const drawRegions = (context) => {
  if (!mapped()) return;
  context.save();
  for (const [i, { x, y, radius }] of CONTEXT.regions.entries()) {
    context.globalAlpha = state.view.colour === "community" ? 0.09 : 0.05;
    context.fillStyle = state.view.colour === "community" ? colours[hueOf(i)] : colours.muted;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
};

const drawLabels = (context) => {
  const matrix = context.getTransform(), scale = network.getScale(), ratio = matrix.a / scale;
  const project = ({ x, y }) => ({ x: (matrix.a * x + matrix.e) / ratio, y: (matrix.d * y + matrix.f) / ratio });
  const { width, height } = context.canvas;
  const inside = ({ x, y }) => x > -80 && y > -40 && x < width / ratio + 80 && y < height / ratio + 40;
  const bright = lit(), spots = new Map(), across = width / ratio, down = height / ratio, hidden = covered();
  const sheet = newSheet(across, down, { x: across - hidden.x, y: down - hidden.y });
  for (const id of [...scene.nodes].sort((a, b) => a - b)) {
    const drawn = network.body.nodes[id]; // not yet there while vis-network takes items over
    const spot = drawn && project(drawn);
    if (!spot || !inside(spot)) continue;
    spots.set(id, { ...spot, radius: sizeOf(NODES[id]) * scale });
  }
  labelBoxes = [];
  font = "";
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4, strokeStyle: colours.page });
  drawSectorNames(context, project, spots, sheet);
  drawNames(context, spots, sheet, bright);
  drawEdgeMarks(context, project, inside, sheet, bright, scale);
  context.restore();
};
