// One gesture is one step to undo: a drag changes the view with every frame, but only its start is remembered.
// Returns what applies an edit as part of the present gesture on `element`.
const gestureOn = (element) => {
  let begun = false, waiting = null, frame = 0;
  const apply = () => {
    cancelAnimationFrame(frame);
    if (!waiting) return;
    const edit = waiting;
    waiting = null;
    change(edit, { same: begun });
    begun = true;
  };
  const end = () => { apply(); begun = false; };
  for (const event of ["pointerup", "pointercancel", "keyup", "blur"]) element.addEventListener(event, end);
  return (edit) => {
    if (!waiting) frame = requestAnimationFrame(apply);
    waiting = edit;
  };
};
