// The focus: which nodes around some are taken in, and how they stand around the first.
Object.assign(WORDS.ko, { sector: (label, n) => `${label} ${n}` });
Object.assign(WORDS.en, { sector: (label, n) => `${label} ${n}` });

const MOST = 60, MOST_NARROW = 24; // nodes at one distance, at first; on a small screen more would be a heap
const mostAtFirst = () => (narrow.matches ? MOST_NARROW : MOST);
const MORE = 120; // further ones with every step
const HOPS = 3;
let withheld = 0; // nodes within reach that the focus leaves out
let sectors = []; // {edge, centre, count, from, to, inner, outer}: where each kind of relation stands

// The nodes up to some relations away, at each distance those with the most sources: number of node → distance.
const around = (starts, hops, most) => {
  const all = distances(starts, hops), taken = new Map(starts.map((n) => [n, 0]));
  let front = starts;
  for (let far = 1; far <= hops && front.length; far += 1) {
    const weights = new Map();
    for (const n of front) {
      for (const edge of passingEdges(n)) {
        const other = otherEnd(edge, n);
        if (all.get(other) === far) weights.set(other, (weights.get(other) || 0) + edge.sources);
      }
    }
    front = [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(([n]) => n);
    for (const n of front) taken.set(n, far);
  }
  withheld = all.size - taken.size;
  return taken;
};

// Bands of places around a centre, in pixels: wider than high, as names and screens are.
const BAND = { first: 215, step: 112, wide: 1.35, room: 98, between: 230 };
const capacity = (radius) => Math.floor((Math.PI * (1 + BAND.wide) * radius) / BAND.room);
const bandsFor = (count, start) => {
  const bands = [];
  for (let radius = start, room = 0; room < count; radius += BAND.step) { bands.push(radius); room += capacity(radius); }
  return bands;
};
const onBand = (angle, radius) => ({ x: Math.round(BAND.wide * radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });

// Distances over the nodes taken in alone; what the first centre does not reach stands outermost.
const distancesAmong = (centre, members) => {
  const found = new Map([[centre, 0]]);
  let front = [centre], far = 0;
  while (front.length) {
    far += 1;
    const next = new Set(front.flatMap((n) => passingEdges(n).map((edge) => otherEnd(edge, n))).filter((n) => members.has(n) && !found.has(n)));
    for (const n of next) found.set(n, far);
    front = [...next];
  }
  for (const n of members.keys()) if (!found.has(n)) found.set(n, far);
  return found;
};

// The neighbours of the centre by kind of relation, each at its best attested one; large kinds first.
const kindsAround = (centre, ring) => {
  const kinds = new Map();
  for (const n of ring) {
    const joins = passingEdges(n).filter((edge) => otherEnd(edge, n) === centre).sort((a, b) => b.sources - a.sources || (a.type < b.type ? -1 : a.type > b.type ? 1 : byStatus(a, b)));
    const [edge] = joins, key = factLabel(edge, centre);
    if (!kinds.has(key)) kinds.set(key, { key, edge, members: [] });
    kinds.get(key).members.push({ n, weight: joins.reduce((sum, found) => sum + found.sources, 0) });
  }
  for (const { members } of kinds.values()) members.sort((a, b) => b.weight - a.weight || a.n - b.n);
  return [...kinds.values()].sort((a, b) => b.members.length - a.members.length || (a.key < b.key ? -1 : 1));
};

// The first ring: one sector a kind of relation, as wide as it has members, the best attested nearest.
const placeSectors = (centre, ring, place) => {
  const kinds = kindsAround(centre, ring), bands = bandsFor(ring.length, BAND.first);
  const room = bands.reduce((sum, radius) => sum + capacity(radius), 0), share = ({ members }) => Math.max(members.length, ring.length / 16);
  const total = kinds.reduce((sum, kind) => sum + share(kind), 0);
  let from = -Math.PI / 2;
  kinds.forEach((kind, k) => {
    const to = from + (2 * Math.PI * share(kind)) / total, { members } = kind;
    let at = 0;
    if (members.length < bands.length) members.forEach(({ n }, i) => place(n, (from + to) / 2, bands[(i + k) % bands.length]));
    else bands.forEach((radius, b) => {
      const some = members.slice(at, b === bands.length - 1 ? undefined : at + Math.ceil((members.length * capacity(radius)) / room));
      some.forEach(({ n }, i) => place(n, from + ((to - from) * (i + 0.5)) / some.length, radius));
      at += some.length;
    });
    sectors.push({ edge: kind.edge, centre, count: members.length, from, to, inner: BAND.first * 0.45, outer: bands[bands.length - 1] });
    from = to;
  });
  return bands.length ? bands[bands.length - 1] : 0;
};

// Further rings: each node beyond those that join it, moved on only where the ring is full.
const placeOutside = (ring, angles, start, place) => {
  const bands = bandsFor(ring.length, start), room = bands.reduce((sum, radius) => sum + capacity(radius), 0), least = (2 * Math.PI) / room;
  const wanted = ring.map((n) => {
    const joins = passingEdges(n).map((edge) => angles.get(otherEnd(edge, n))).filter((angle) => angle !== undefined);
    return { n, angle: Math.atan2(joins.reduce((sum, angle) => sum + Math.sin(angle), 0), joins.reduce((sum, angle) => sum + Math.cos(angle), 0)) };
  }).sort((a, b) => a.angle - b.angle || a.n - b.n);
  let last = -Infinity;
  for (const one of wanted) { one.angle = Math.max(one.angle, last + least); last = one.angle; }
  const over = wanted.length ? last - wanted[0].angle + least - 2 * Math.PI : 0;
  wanted.forEach(({ n, angle }, i) => place(n, over > 0 ? wanted[0].angle + (2 * Math.PI * i) / wanted.length : angle, bands[i % bands.length]));
  return bands.length ? bands[bands.length - 1] : start;
};

const rings = (centre, members) => {
  const spots = new Map([[centre, { x: 0, y: 0 }]]), far = distancesAmong(centre, members);
  const at = (distance) => [...far].filter(([n, found]) => found === distance && n !== centre).map(([n]) => n).sort((a, b) => a - b);
  let angles = new Map();
  const next = new Map(), place = (n, angle, radius) => { next.set(n, angle); spots.set(n, onBand(angle, radius)); };
  const last = Math.max(...far.values());
  let radius = 0;
  for (let distance = 1; distance <= last; distance += 1) {
    const ring = at(distance), joined = distance === 1 && ring.every((n) => passingEdges(n).some((edge) => otherEnd(edge, n) === centre));
    radius = joined ? placeSectors(centre, ring, place) : placeOutside(ring, angles, radius + BAND.between, place);
    angles = new Map(next);
  }
  return spots;
};

// Lines that need no words: the sector names those of the centre, and those among its neighbours are not what one looks at.
const quiet = (edge) => sectors.length > 0 && (edge.from === sectors[0].centre || edge.to === sectors[0].centre || aside(edge));
const aside = (edge) => sectors.length > 0 && within.get(edge.from) > 0 && within.get(edge.from) === within.get(edge.to);

// Faint lines between the sectors.
const drawSectors = (context) => {
  if (!within || sectors.length < 2 || within.size <= 9) return;
  context.save();
  Object.assign(context, { strokeStyle: colours.muted, lineWidth: 1 / network.getScale(), globalAlpha: 0.28 });
  for (const { from, inner, outer } of sectors) {
    const start = onBand(from, inner), end = onBand(from, outer + 40);
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
  }
  context.restore();
};
// The kind of relation at the rim of each sector, in the nearest place clear of nodes and of the other kinds; where all
// near ones are taken, as among the nodes of a further ring, it is left to the panel.
const TRIES = 10;
const drawSectorNames = (context, project, spots, sheet) => {
  const scale = network.getScale(), nodes = [...spots.values()];
  useFont(context, `600 12px ${FONT}`);
  const covers = (box) => nodes.some(({ x, y, radius }) => x + radius > box.left && x - radius < box.right && y + radius > box.top && y - radius < box.bottom);
  sectors.forEach(({ edge, centre, count, from, to, outer }, i) => {
    const text = say("sector", factLabel(edge, centre), count), half = widthOf(context, text) / 2 + 6;
    for (let far = 0; far < TRIES; far += 1) {
      const { x, y } = project(onBand((from + to) / 2, outer + 20 + (40 + 14 * far) / scale));
      const box = { id: `s${i}`, left: x - half, right: x + half, top: y - 9, bottom: y + 9 };
      if (covers(box) || !sheet.free(box)) continue;
      sheet.take(box);
      written(context, text, x, y, colours.muted);
      break;
    }
  });
};
