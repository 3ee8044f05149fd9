// SPDX-License-Identifier: GPL-3.0-or-later
// Another rule for the same votes, and what each of them would make of these.
import { attr, clear, el, newId, text } from './dom.js';
import { proposalOf } from './marks.js';
import { endWord, marginWords, underEveryRule } from './verdict.js';

function choose(lab, index) {
  const { store, data } = lab;
  const proposal = proposalOf(lab);
  const rule = { ...store.state.rule, [proposal.id]: data.rules[index].id };
  if (index === proposal.rule) delete rule[proposal.id];
  store.set({ rule }, { undo: true, label: `Rule: ${data.rules[index].name}` });
}

function resultWords({ counted, why }) {
  if (!counted) return why;
  const fraction = counted.needed > 0 ? `, ${marginWords(counted)}` : '';
  return `${endWord(counted.outcome)}${fraction}`;
}

/** A table that is made only while it is open. */
function everyRule(lab) {
  const body = el('tbody');
  const table = el('table', { class: 'rules' },
    el('caption', { class: 'hidden', text: 'The same votes under each rule' }),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col', text: 'Rule' }),
      el('th', { scope: 'col', text: 'These votes' }))), body);
  const node = el('details', { class: 'every-rule' },
    el('summary', { text: 'These votes under every rule' }),
    el('div', { class: 'scroll', tabindex: '0', role: 'region',
      'aria-label': 'The same votes under each rule' }, table));
  const paint = () => {
    if (!node.open) return;
    const { ballots, ruleIndex } = lab.judged();
    clear(body).append(...underEveryRule(lab.kernel, lab.data, ballots).map((one) => el('tr', {
      'data-end': one.counted ? one.counted.outcome : 'unknown',
      'aria-current': one.index === ruleIndex ? 'true' : null,
    }, el('td', { text: one.entry.name }), el('td', { text: resultWords(one) }))));
  };
  node.addEventListener('toggle', paint);
  return { node, paint };
}

export function openRuleChooser(lab) {
  const id = newId('rule');
  const select = el('select', { id, on: { change: () => choose(lab, select.selectedIndex) } },
    lab.data.rules.map((rule) => el('option', { value: rule.id, text: rule.name })));
  const cited = el('p', { class: 'note' });
  const back = el('button', { type: 'button', class: 'quiet', text: 'Back to its own rule',
    on: { click: () => { choose(lab, proposalOf(lab).rule); select.focus(); } } });
  const table = everyRule(lab);
  const node = el('div', { class: 'field' }, el('label', { for: id, text: 'Rule' }), select, cited,
    back, table.node);
  const paint = (judged) => {
    const proposal = proposalOf(lab);
    const own = judged.ruleIndex === proposal.rule;
    const why = own ? proposal.why_rule : 'not the rule of this vote';
    select.selectedIndex = judged.ruleIndex;
    text(cited, [judged.rule.citation, why].filter(Boolean).join(' · '));
    back.hidden = own;
    attr(node, 'data-changed', !own);
    table.paint();
  };
  return { node, paint };
}
