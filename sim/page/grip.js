// SPDX-License-Identifier: GPL-3.0-or-later
// Takes hold of a part of a drawing by pointer, finger or keys, and moves it along the level
// axis.  A press of an arrow key moves, its release drops, so that a held key is one edit.

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const WALKS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

const clamp = (position) => Math.min(100, Math.max(0, position));

/** options: targetOf(node, x, y) -> target {node} or null; editOf(target) -> {who, position, sd};
 *  positionAt(x), not limited to the scale; scale() -> units of the drawing a px;
 *  onHover(target or null), onFocus(target),
 *  onStep(target, by), onMove(target, edit), onDrop(edit), onCancel(). */
export function openGrip(drawing, options) {
  let held = null; // {target, edit, first: position, pointer (null: keys), start: x of the drag}

  const pointOf = (event) => {
    const box = drawing.getBoundingClientRect();
    const scale = options.scale();
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };

  function hold(target, pointer, x) {
    const edit = options.editOf(target);
    held = { target, edit, first: edit.position, pointer, start: x };
    target.node.classList.add('held');
  }

  function moveTo(position) {
    if (position === held.edit.position) return;
    held.edit = { ...held.edit, position };
    options.onMove(held.target, held.edit);
  }

  function letGo() {
    const { target, edit, first } = held;
    held = null;
    target.node.classList.remove('held');
    if (edit.position !== first) options.onDrop(edit);
    else options.onCancel();
  }

  function cancel() {
    if (!held) return;
    held.target.node.classList.remove('held');
    held = null;
    options.onCancel();
  }

  drawing.addEventListener('pointerdown', (event) => {
    const [x, y] = pointOf(event);
    const target = event.button === 0 && !held ? options.targetOf(event.target, x, y) : null;
    if (!target) return;
    event.preventDefault();
    target.node.focus({ preventScroll: true });
    drawing.setPointerCapture(event.pointerId);
    hold(target, event.pointerId, x);
  });
  drawing.addEventListener('pointermove', (event) => {
    const [x, y] = pointOf(event);
    if (holds(event)) {
      if (Math.abs(x - held.start) > 3 || held.edit.position !== held.first)
        moveTo(clamp(held.first + options.positionAt(x) - options.positionAt(held.start)));
    } else if (!held) {
      options.onHover(options.targetOf(event.target, x, y) ??
        options.targetOf(document.activeElement, NaN, NaN));
    }
  });
  // Of two fingers the one that does not hold lets nothing go.
  const holds = (event) => held !== null && held.pointer === event.pointerId;
  drawing.addEventListener('pointerup', (event) => holds(event) && letGo());
  drawing.addEventListener('pointercancel', (event) => holds(event) && cancel());
  drawing.addEventListener('pointerleave', () => !held &&
    options.onHover(options.targetOf(document.activeElement, NaN, NaN)));

  drawing.addEventListener('focusin', (event) => {
    const target = options.targetOf(event.target, NaN, NaN);
    if (target) options.onFocus(target);
  });
  drawing.addEventListener('focusout', () => {
    if (held && held.pointer === null) letGo();
    options.onHover(null);
  });
  drawing.addEventListener('keydown', (event) => {
    const target = options.targetOf(event.target, NaN, NaN);
    if (!target || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && held) {
      event.stopPropagation();
      cancel();
    } else if (event.key in STEPS) {
      event.preventDefault();
      event.stopPropagation();
      if (!held) hold(target, null, NaN);
      moveTo(clamp(held.edit.position + STEPS[event.key] * (event.shiftKey ? 5 : 1)));
    } else if (event.key in WALKS) {
      event.preventDefault();
      event.stopPropagation();
      options.onStep(target, WALKS[event.key]);
    }
  });
  drawing.addEventListener('keyup', (event) => {
    if (event.key in STEPS && held && held.pointer === null) letGo();
  });
}
