import type { Text } from '../index.ts'

export const cards: Text['cards'] = {
  comma: ', ',
  buttons: {
    why: 'Why',
    customer: 'Customer',
    contacted: 'Contacted',
    snooze: 'Later',
    falseAlarm: 'False alarm',
    list: 'See all',
    mine: 'My day',
    tier: 'Tier',
    undo: 'Undo',
    help: 'Help',
  },
  labels: {
    customer: 'Customer',
    risk: 'churn risk',
    value12m: 'sales of 12 months',
  },
  asOf: (day) => `data up to ${day}`,
  tierWord: (tier) => `tier ${tier}`,
  perYear: (money) => `${money} a year`,
  suggestion: (action) => `Suggested: ${action}`,
  orderReasons: { priority: '', worse: 'got worse', event: 'news' },
  atRisk: {
    title: (name, band) => `${name} · risk ${band}`,
    summary: (name, band, reason) =>
      reason === '' ? `${name}: churn risk ${band}.` : `${name}: churn risk ${band}. ${reason}`,
  },
  digest: {
    title: (rep, day, n) =>
      n === 0 ? `${rep} · ${day} no new customers at risk` : `${rep} · ${day} contact these ${n} first`,
    summary: (n, first, due) => {
      const risk = first === null ? 'No new customers at risk today' : `Contact ${n} today, ${first} first`
      return due === 0 ? `${risk}.` : `${risk}; ${due} promised follow-ups are due.`
    },
    item: (rank, name, head, reason) => `${rank}. ${name} (${head}${reason === '' ? '' : ` · ${reason}`})`,
    reason: (why, suggestion) => (suggestion === '' ? why : `${why} → ${suggestion}`),
    due: (n, names) => `${n} promised: ${names}`,
    more: (n) => `${n} more in the list`,
  },
}
