// SPDX-License-Identifier: GPL-3.0-or-later
// A line of text with a button that copies it.
import { el, newId, text } from './dom.js';

// Where the clipboard is closed to the page, selected text can still be copied by the browser.
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    }
  }
}

/** Returns: {node, show(value), press()} */
export function copyField(lab, words) {
  const id = newId('copy');
  const field = el(words.lines ? 'textarea' : 'input', { id, class: 'copy', readonly: '',
    spellcheck: 'false', rows: words.lines || null, on: { focus: () => field.select() } });
  const press = async () => {
    const done = await copied(field);
    text(button, done ? 'Copied' : 'Press Ctrl+C');
    lab.announce(done ? `${words.label} copied` : 'Selected: press Ctrl and C to copy');
    setTimeout(() => text(button, words.button), 2000);
  };
  const button = el('button', { type: 'button', text: words.button, on: { click: press } });
  const node = el('div', { class: 'copy-row' },
    el('label', { for: id, class: words.quiet ? 'hidden' : '', text: words.label }), field, button);
  return { node, press, show: (value) => { if (field.value !== value) field.value = value; } };
}
