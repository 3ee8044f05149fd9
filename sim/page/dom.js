// SPDX-License-Identifier: GPL-3.0-or-later
// Elements made by hand: text goes in as text, so no field of a scenario can become markup.

const SVG = 'http://www.w3.org/2000/svg';

// What is an element's state rather than its attribute.
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'open', 'tabIndex',
  'selected', 'indeterminate', 'readOnly']);

function append(node, child) {
  if (Array.isArray(child)) {
    child.forEach((one) => append(node, one));
  } else if (child !== null && child !== undefined && child !== false) {
    node.append(child);
  }
}

/** Sets attribute `name`, or removes it where `value` is null or false; only where it changes. */
export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/** Sets the text of a node, only where it changes. */
export function text(node, words) {
  const now = String(words);
  if (node.textContent !== now) node.textContent = now;
}

function prop(node, name, value) {
  if (name === 'on') {
    for (const [type, fn] of Object.entries(value)) node.addEventListener(type, fn);
  } else if (name === 'text') {
    node.textContent = value;
  } else if (PROPERTIES.has(name) && name in node) {
    node[name] = value;
  } else {
    attr(node, name, value);
  }
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) prop(node, name, value);
  append(node, children);
  return node;
}

/** el('button', {class: 'quiet', text: 'Undo', on: {click: fn}}, ...children) */
export function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, attrs, ...children) {
  return fill(document.createElementNS(SVG, tag), attrs, children);
}

/** Returns: a function that stops listening. */
export function listen(target, type, fn, options) {
  target.addEventListener(type, fn, options);
  return () => target.removeEventListener(type, fn, options);
}

export function clear(node) {
  node.replaceChildren();
  return node;
}

let made = 0;

/** An id for aria-labelledby and for, never used twice in the page. */
export function newId(stem) {
  made += 1;
  return `${stem}-${made}`;
}
