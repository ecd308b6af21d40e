// The time bar: a histogram of relations over time with two sliders, whose window one can drag, draw anew, zoom into
// and reset. Positions are edges of bins: the window reaches from edge `start` to edge `end`.
Object.assign(WORDS.ko, {
  timeBar: "시간 범위", from: "시작", to: "끝", resetTime: "전체", zoomTime: "확대", zoomTimeHint: "고른 기간을 더 잘게 보기", fold: "시간 막대 접기", unfold: "시간 막대 펼치기",
  inTime: (n) => `관계 ${n}개`, undated: (n) => `날짜 없는 관계 ${n}개`, undatedOut: (n) => `날짜 없는 관계 ${n}개는 제외`,
});
Object.assign(WORDS.en, {
  timeBar: "Time range", from: "From", to: "To", resetTime: "All", zoomTime: "Zoom", zoomTimeHint: "See the chosen period in finer steps", fold: "Fold the time bar", unfold: "Unfold the time bar",
  inTime: (n) => `${n} ${n === "1" ? "relation" : "relations"}`, undated: (n) => `${n} without a date`, undatedOut: (n) => `${n} without a date left out`,
});

const timeline = { axis: null, start: 0, end: 0, counts: [], undated: 0, counted: "", parts: null };

// What the view holds for a window; at the ends of the whole axis nothing is asked for.
const setWindow = (view, start, end) => {
  const { bins, whole } = timeline.axis;
  view.from = whole && start === 0 ? null : bins[start].from;
  view.to = whole && end === bins.length ? null : bins[end - 1].to;
};
const readWindow = () => {
  const { from, to } = state.view, { bins } = timeline.axis;
  timeline.start = from === null ? 0 : Math.max(0, binAt(bins, from));
  timeline.end = Math.max(timeline.start, to === null ? bins.length - 1 : binAt(bins, to)) + 1;
};
const outside = ({ from, to }, { bins }) => from === null || to === null || from < bins[0].from || to > bins.at(-1).to;
const resetTime = () => {
  timeline.axis = wholeAxis();
  if (state.view.from !== null || state.view.to !== null) change((view) => { view.from = view.to = null; }); else renderTimeline();
};
const zoomTime = () => {
  const { bins } = timeline.axis, { start, end } = timeline, { first, last } = spans();
  const least = bins[start].open ? first.reduce((day, other) => (other > 0 && other < day ? other : day), bins[start].to) : bins[start].from;
  const most = bins[end - 1].open ? last.reduce((day, other) => Math.max(day, other), bins[end - 1].from) : bins[end - 1].to;
  timeline.axis = axisWithin(least, most);
  change((view) => setWindow(view, 0, timeline.axis.bins.length));
};
const canZoom = () => timeline.axis.unit !== 0 && timeline.end - timeline.start < timeline.axis.bins.length;

const icon = (size, ...paths) => svg("svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }, ...paths.map((d) => svg("path", { d })));
const slider = (edge) => {
  const input = el("input", { type: "range", className: edge, min: 0, step: 1 }), edit = gestureOn(input);
  input.addEventListener("input", () => {
    const at = Number(input.value), { start, end, axis } = timeline;
    stopPlaying();
    const wanted = edge === "start" ? [between(at, 0, end - 1), end] : [start, between(at, start + 1, axis.bins.length)];
    [timeline.start, timeline.end] = wanted;
    drawWindow();
    edit((view) => setWindow(view, ...wanted));
  });
  return input;
};

const makeTimeline = () => {
  const parts = {
    play: button({ className: "play", onclick: () => (playing ? stopPlaying() : startPlaying()) }),
    period: el("strong", {}), figures: el("span", { className: "figures" }), zoom: button({ onclick: zoomTime }), reset: button({ onclick: resetTime }), fold: button({ className: "fold", onclick: () => foldTimeline(!folded()) }),
    bars: svg("path", { class: "bars" }), chosen: svg("path", { class: "chosen" }), shade: el("div", { className: "shade" }), surface: el("div", { className: "surface" }), start: slider("start"), end: slider("end"), ticks: el("div", { className: "ticks", ariaHidden: "true" }),
  };
  parts.plot = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, parts.bars, parts.chosen);
  parts.box = el("section", { id: "timeline" },
    el("div", { className: "head" }, parts.play, parts.period, parts.figures, parts.zoom, parts.reset, parts.fold),
    el("div", { className: "axis" }, parts.shade, parts.plot, parts.surface, parts.start, parts.end, parts.ticks));
  listenSurface(parts.surface);
  return parts;
};

const folded = () => timeline.parts.box.hasAttribute("data-folded");
const foldTimeline = (away) => {
  timeline.parts.box.toggleAttribute("data-folded", away);
  byId("stage").style.setProperty("--below", `${timeline.parts.box.offsetHeight}px`);
  if (network) { renderTimeline(); nameTimeline(); }
};

// A drag inside the window moves it, one outside draws a new one, a click takes one bin.
const listenSurface = (surface) => {
  const edit = gestureOn(surface);
  let drag = null;
  const edgeAt = (event) => { const box = surface.getBoundingClientRect(); return between((event.clientX - box.left) / box.width, 0, 1) * timeline.axis.bins.length; };
  const show = (start, end) => {
    if (start === timeline.start && end === timeline.end) return;
    [timeline.start, timeline.end] = [start, end];
    drawWindow();
    edit((view) => setWindow(view, start, end));
  };
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    stopPlaying();
    surface.setPointerCapture(event.pointerId);
    const at = edgeAt(event), { start, end, axis } = timeline, bins = axis.bins.length;
    drag = { at, x: event.clientX, start, end, moves: at >= start && at <= end && end - start < bins, moved: false };
  });
  surface.addEventListener("pointermove", (event) => {
    const at = edgeAt(event), bins = timeline.axis.bins.length;
    if (!drag) { tellBin(event, Math.min(Math.floor(at), bins - 1)); return; }
    if (Math.abs(event.clientX - drag.x) > 3) drag.moved = true;
    if (!drag.moved) return;
    if (drag.moves) {
      const by = between(Math.round(at - drag.at), -drag.start, bins - drag.end);
      show(drag.start + by, drag.end + by);
    } else {
      const low = Math.floor(Math.min(at, drag.at)), high = Math.ceil(Math.max(at, drag.at));
      show(Math.min(low, bins - 1), Math.max(high, low + 1));
    }
  });
  // Before the gesture ends, on the way down: what a click chooses belongs to it.
  surface.addEventListener("pointerup", () => {
    const bin = drag && Math.min(Math.floor(drag.at), timeline.axis.bins.length - 1);
    if (drag && !drag.moved) show(bin, bin + 1);
    drag = null;
  }, { capture: true });
  surface.addEventListener("pointercancel", () => { drag = null; });
  surface.addEventListener("pointerleave", () => { tip.hidden = true; });
  surface.addEventListener("dblclick", resetTime);
};
const tellBin = (event, bin) => {
  const stage = byId("stage").getBoundingClientRect(), { axis, counts } = timeline;
  showTip({ x: event.clientX - stage.left, y: timeline.parts.box.offsetTop - 66 }, binText(axis, axis.bins[bin]), say("inTime", counts[bin]));
};

// Heights grow with the square root of the number, so that quiet times stay visible beside a flood of news.
const barPath = (low, high) => {
  const { counts } = timeline, most = Math.sqrt(Math.max(1, ...counts)), gap = counts.length > 90 ? 0.1 : 0.16;
  let path = "";
  for (let i = low; i < high; i += 1) {
    if (!counts[i]) continue;
    const height = Math.max(4, (100 * Math.sqrt(counts[i])) / most);
    path += `M${i + gap} 100v${-height.toFixed(1)}h${1 - 2 * gap}v${height.toFixed(1)}z`;
  }
  return path;
};
const drawWindow = () => {
  const { parts, start, end, axis } = timeline, many = axis.bins.length, { from, to } = state.view;
  parts.chosen.setAttribute("d", barPath(start, end));
  parts.shade.style.left = `${(100 * start) / many}%`;
  parts.shade.style.width = `${(100 * (end - start)) / many}%`;
  parts.shade.hidden = from === null && to === null;
  for (const [input, value, bin] of [[parts.start, start, start], [parts.end, end, end - 1]]) {
    if (Number(input.value) !== value) input.value = value;
    input.setAttribute("aria-valuetext", binText(axis, axis.bins[bin]));
  }
};
const renderTimeline = () => {
  const { parts } = timeline;
  if (!timeline.axis.whole && outside(state.view, timeline.axis)) timeline.axis = wholeAxis();
  readWindow();
  const { axis } = timeline, { from, to } = state.view, most = Math.max(2, Math.floor(parts.surface.clientWidth / 64));
  const counted = [withoutTime, axis.whole, axis.bins[0].from, axis.bins.length, state.language, most].join();
  if (counted !== timeline.counted) {
    Object.assign(timeline, histogram(axis), { counted });
    parts.plot.setAttribute("viewBox", `0 0 ${axis.bins.length} 100`);
    parts.bars.setAttribute("d", barPath(0, axis.bins.length));
    for (const input of [parts.start, parts.end]) input.max = axis.bins.length;
    const place = ([i, text]) => { const tick = el("span", {}, text); tick.style.left = `${(100 * i) / axis.bins.length}%`; return tick; };
    parts.ticks.replaceChildren(...ticks(axis, most).map(place));
    nameTimeline();
  }
  drawWindow();
  const all = from === null && to === null, undated = timeline.undated ? say(all ? "undated" : "undatedOut", timeline.undated) : "";
  parts.period.textContent = periodText(from, to);
  parts.figures.textContent = [say("inTime", found.relations), undated].filter(Boolean).join(" · ");
  parts.zoom.hidden = !canZoom();
  parts.reset.hidden = all && axis.whole;
};
const nameTimeline = () => {
  const { parts } = timeline;
  parts.box.ariaLabel = say("timeBar");
  Object.assign(parts.start, { ariaLabel: say("from") });
  Object.assign(parts.end, { ariaLabel: say("to") });
  parts.reset.textContent = say("resetTime");
  Object.assign(parts.zoom, { textContent: say("zoomTime"), title: say("zoomTimeHint") });
  const words = say(folded() ? "unfold" : "fold");
  Object.assign(parts.fold, { title: words, ariaLabel: words, ariaExpanded: String(!folded()) });
  parts.fold.replaceChildren(icon(20, folded() ? "m5 12 5-5 5 5" : "m5 8 5 5 5-5"));
  showPlaying();
};

// Before the graph is drawn, so that it knows its room.
const placeTimeline = () => {
  timeline.axis = wholeAxis();
  if (!timeline.axis) return;
  timeline.parts = makeTimeline();
  byId("stage").append(timeline.parts.box);
  foldTimeline(innerWidth <= 860);
};
const startTimeline = () => {
  if (!timeline.axis) return;
  renderTimeline();
  watch(renderTimeline);
  new ResizeObserver(renderTimeline).observe(timeline.parts.surface);
};
