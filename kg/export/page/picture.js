// The view as a picture. One description, `paint`, draws on a canvas for the PNG, and on a pen that writes the same
// strokes down as vector shapes for the SVG.
const HEAD = 64, LINE = 24, MARGIN = 20, SHARP = 2; // pixels of the picture; SHARP times as many in the PNG

const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const tenth = (value) => Math.round(value * 10) / 10;

// The part of a canvas context that vis-network and the labels use, written as SVG. Scales are alike in x and y.
const newPen = (width, height) => {
  const measure = document.createElement("canvas").getContext("2d"), shapes = [], kept = [];
  let matrix = { a: 1, e: 0, f: 0 }, d = "", halo = null, dashes = [];
  const at = (x, y) => `${tenth(matrix.a * x + matrix.e)} ${tenth(matrix.a * y + matrix.f)}`;
  const colour = (name, value) => {
    const [, red, green, blue, alpha] = /^rgba?\((\d+), *(\d+), *(\d+)(?:, *([\d.]+))?\)$/.exec(value) || [];
    const seen = (alpha === undefined ? 1 : Number(alpha)) * pen.globalAlpha;
    return `${name}="${red === undefined ? xml(value) : `rgb(${red},${green},${blue})`}"${seen < 1 ? ` ${name}-opacity="${Math.round(seen * 100) / 100}"` : ""}`;
  };
  const strokes = (width) => `${colour("stroke", pen.strokeStyle)} stroke-width="${Math.round(width * matrix.a * 100) / 100}"`;
  const write = (text, x, y) => {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(pen.font) || [0, 400, 12], letters = size * matrix.a, anchor = { center: ' text-anchor="middle"', right: ' text-anchor="end"' }[pen.textAlign] || "";
    const [left, top] = at(x, y).split(" ");
    return `<text x="${left}" y="${tenth(Number(top) + (pen.textBaseline === "middle" ? letters * 0.35 : 0))}" font-size="${tenth(letters)}" font-weight="${weight}"${anchor} ${colour("fill", pen.fillStyle)}`;
  };
  const pen = {
    canvas: { width, height }, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "400 12px sans-serif", textAlign: "left", textBaseline: "alphabetic", lineCap: "butt", lineJoin: "miter",
    save: () => { const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineCap, lineJoin } = pen; kept.push([matrix, dashes, { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineCap, lineJoin }]); },
    restore: () => { const [before, pattern, look] = kept.pop(); matrix = before; dashes = pattern; Object.assign(pen, look); },
    setTransform: (a, _b, _c, _d, e, f) => { matrix = { a, e, f }; },
    getTransform: () => ({ a: matrix.a, d: matrix.a, e: matrix.e, f: matrix.f }),
    beginPath: () => { d = ""; }, closePath: () => { d += "Z"; },
    moveTo: (x, y) => { d += `M${at(x, y)}`; }, lineTo: (x, y) => { d += `${d ? "L" : "M"}${at(x, y)}`; },
    quadraticCurveTo: (cx, cy, x, y) => { d += `Q${at(cx, cy)} ${at(x, y)}`; },
    bezierCurveTo: (ax, ay, bx, by, x, y) => { d += `C${at(ax, ay)} ${at(bx, by)} ${at(x, y)}`; },
    rect: (x, y, w, h) => { d += `M${at(x, y)}L${at(x + w, y)}L${at(x + w, y + h)}L${at(x, y + h)}Z`; },
    arc: (x, y, radius, from, to) => {
      const r = tenth(radius * matrix.a), point = (angle) => at(x + radius * Math.cos(angle), y + radius * Math.sin(angle)), middle = (from + to) / 2;
      d += `${d && !d.endsWith("Z") ? "L" : "M"}${point(from)}A${r} ${r} 0 0 1 ${point(middle)}A${r} ${r} 0 0 1 ${point(to)}`;
    },
    setLineDash: (pattern) => { dashes = pattern.some((length) => length > 0) ? pattern : []; },
    fill: () => { if (d) shapes.push(`<path d="${d}" ${colour("fill", pen.fillStyle)}/>`); },
    stroke: () => { if (d) shapes.push(`<path d="${d}" fill="none" ${strokes(pen.lineWidth)}${dashes.length ? ` stroke-dasharray="${dashes.map((length) => tenth(length * matrix.a)).join(" ")}"` : ""}/>`); },
    fillRect: (x, y, w, h) => { pen.beginPath(); pen.rect(x, y, w, h); pen.fill(); },
    measureText: (text) => { measure.font = pen.font; return measure.measureText(text); },
    strokeText: () => { halo = ` paint-order="stroke" ${strokes(pen.lineWidth)} stroke-linejoin="round"`; },
    fillText: (text, x, y) => { shapes.push(`${write(text, x, y)}${halo || ""}>${xml(text)}</text>`); halo = null; },
    glyph: (path, x, y, fill) => shapes.push(`<path transform="translate(${x} ${y})" d="${path}" fill="${xml(fill)}"/>`),
    group: (name) => shapes.push(`${shapes.length ? "</g>" : ""}<g id="${name}">`),
    text: () => `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${xml(FONT)}"><title>${xml(document.title)}</title>\n${shapes.join("\n")}</g>\n</svg>\n`,
  };
  return pen;
};

const glyph = (context, path, x, y, fill) => {
  if (context.glyph) { context.glyph(path, x, y, fill); return; }
  context.save();
  context.translate(x, y);
  context.fillStyle = fill;
  context.fill(new Path2D(path));
  context.restore();
};

// The kinds that the view shows, set in lines as wide as the picture.
const pictureKinds = (width) => {
  const measure = document.createElement("canvas").getContext("2d"), types = new Set([...scene.nodes].map((n) => NODES[n].type)), statuses = new Set([...scene.lines.values()].flatMap(({ edges }) => edges.map((edge) => edge.status)));
  measure.font = `500 12px ${FONT}`;
  const kinds = [...tops().filter((type) => types.has(type)).map((type) => ({ type, text: labelOf(CONTEXT.entityTypes[type]) })), ...Object.keys(CONTEXT.statuses).filter((status) => statuses.has(status)).map((status) => ({ status, text: labelOf(CONTEXT.statuses[status]) }))];
  let x = MARGIN, line = 0;
  for (const kind of kinds) {
    const room = (kind.type ? 24 : 36) + measure.measureText(kind.text).width + 20;
    if (x + room > width && x > MARGIN) { x = MARGIN; line += 1; }
    Object.assign(kind, { x, line });
    x += room;
  }
  return { kinds, lines: line + 1 };
};
const drawKind = (context, { type, status, text, x }, y) => {
  if (type) glyph(context, OUTLINES[SHAPES[lookOf(type)]], x, y - 8, state.view.colour === "type" ? colours[`type-${lookOf(type)}`] : colours.muted);
  else {
    Object.assign(context, { strokeStyle: colours[status], lineWidth: 2.2 });
    context.setLineDash(DASHES[status] || []);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 26, y);
    context.stroke();
    context.setLineDash([]);
  }
  context.fillStyle = colours.label;
  context.fillText(text, x + (type ? 24 : 36), y);
};

const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };
const shownOf = () => say("shownOf", scene.nodes.size, NODES.length, scene.drawn, EDGES.length);

const pictureSize = () => {
  const stage = byId("graph"), { kinds, lines } = pictureKinds(stage.clientWidth);
  return { width: stage.clientWidth, stage: stage.clientHeight, kinds, height: HEAD + stage.clientHeight + lines * LINE + 16 };
};
const paint = (context, { width, height, stage, kinds }, sharp) => {
  const scale = network.getScale(), origin = network.canvasToDOM({ x: 0, y: 0 }), flat = () => context.setTransform(sharp, 0, 0, sharp, 0, 0), group = (name) => { if (context.group) context.group(name); };
  const boxes = labelBoxes;
  group("ground");
  flat();
  context.fillStyle = colours.page;
  context.fillRect(0, 0, width, height);
  context.setTransform(sharp * scale, 0, 0, sharp * scale, sharp * origin.x, sharp * (origin.y + HEAD));
  drawRegions(context);
  drawSectors(context);
  const { nodes, edges } = network.body;
  group("relations");
  for (const id of network.body.edgeIndices) if (edges[id].connected) edges[id].draw(context);
  for (const id of network.body.edgeIndices) if (edges[id].connected) edges[id].drawArrows(context);
  group("entities");
  for (const id of network.body.nodeIndices) nodes[id].draw(context);
  group("names");
  drawLabels(context);
  labelBoxes = boxes;
  font = "";
  group("frame");
  flat();
  context.fillStyle = colours.page;
  context.fillRect(0, 0, width, HEAD);
  context.fillRect(0, HEAD + stage, width, height - HEAD - stage);
  Object.assign(context, { textAlign: "left", textBaseline: "middle", fillStyle: colours.label, font: `700 18px ${FONT}` });
  context.fillText(shorten(document.title, Math.floor(width / 20)), MARGIN, 25);
  Object.assign(context, { fillStyle: colours.muted, font: `400 12px ${FONT}` });
  context.fillText(`${today()} · ${shownOf()}`, MARGIN, 47);
  context.font = `500 12px ${FONT}`;
  for (const kind of kinds) drawKind(context, kind, HEAD + stage + 8 + LINE * (kind.line + 0.5));
};

const svgPicture = () => {
  const size = pictureSize(), pen = newPen(size.width, size.height);
  paint(pen, size, 1);
  return new Blob([pen.text()], { type: "image/svg+xml" });
};
const pngPicture = () => {
  const size = pictureSize(), canvas = Object.assign(document.createElement("canvas"), { width: size.width * SHARP, height: size.height * SHARP });
  paint(canvas.getContext("2d"), size, SHARP);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};
