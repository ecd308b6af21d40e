// Playing: the window moves through time, or where all time is chosen, grows from its beginning.
Object.assign(WORDS.ko, { play: "시간 재생", pause: "멈춤" });
Object.assign(WORDS.en, { play: "Play through time", pause: "Pause" });

let playing = null; // {grows, timer, at}
const PACE = 260, CALM = 900; // milliseconds between steps; calm where one asks for less motion
const STEPS = 80, CALM_STEPS = 24; // of a whole run, about

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const showPlaying = () => {
  const { play } = timeline.parts, words = say(playing ? "pause" : "play");
  Object.assign(play, { title: words, ariaLabel: words });
  play.replaceChildren(playing ? icon(20, "M7 4.5v11M13 4.5v11") : svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: "M6.5 4 16 10l-9.5 6z", class: "fill" })));
};
// Whoever sets the period otherwise meanwhile, by a chip, a step back or another axis, ends the playing.
const periodNow = () => [state.view.from, state.view.to, timeline.axis.bins.length, timeline.axis.bins[0].from].join();
const stopPlaying = () => {
  if (!playing) return;
  clearTimeout(playing.timer);
  playing = null;
  showPlaying();
};
const startPlaying = () => {
  const { start, end, axis } = timeline, bins = axis.bins.length, grows = start === 0 && end === bins;
  const atEnd = end === bins && !grows, width = end - start;
  playing = { grows, timer: 0, at: "" };
  showPlaying();
  if (grows) playStep(0, 1, false);
  else if (atEnd) playStep(0, width, false); // from the beginning again
  else playStep(start, end, false, true);
};
const playStep = (start, end, same, stay = false) => {
  if (!stay) change((view) => setWindow(view, start, end), { same });
  const bins = timeline.axis.bins.length, stride = Math.ceil(bins / (calm() ? CALM_STEPS : STEPS)), by = Math.min(stride, bins - end);
  if (!by) { stopPlaying(); return; }
  const next = playing.grows ? [start, end + by] : [start + by, end + by];
  playing.at = periodNow();
  playing.timer = setTimeout(() => { if (playing.at === periodNow()) playStep(...next, !stay); else stopPlaying(); }, calm() ? CALM : PACE);
};
