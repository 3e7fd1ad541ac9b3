import type { Text } from '../index.ts'

function points(share: number): string {
  const value = (share * 100).toFixed(1)
  return share > 0 ? `+${value}` : value.replace('-', '−')
}

export const effect: Text['effect'] = {
  title: (team) => `What the alerts changed${team === '' ? '' : ` · ${team}`}`,
  summary: (team, value, label) =>
    `Effect of the alerts${team === '' ? '' : ` (${team})`}: ${value} (${label})`,
  points: (share) => `${points(share)} points`,
  pointsRange: (low, high) => `${points(low)} to ${points(high)} points`,
  differenceLabel: 'more customers kept than in the control group',
  interval: '95% interval',
  treated: 'Alerted',
  control: 'Control',
  arm: (percent, n) => `${percent} (of ${n})`,
  armSoFar: (kept, have, need) => `${kept} of ${have} ordered, ${need} needed`,
  extraKept: 'Kept more',
  customers: (estimate, low, high) =>
    `about ${Math.round(estimate)} (${Math.round(low)} to ${Math.round(high)})`,
  extraRevenue: 'Sold more',
  range: (estimate, low, high) => `about ${estimate} (${low} to ${high})`,
  noRevenue: 'cannot be told (too few orders or amounts missing)',
  verdicts: {
    better: 'The alerts help: more than luck explains.',
    worse: 'The alerted group did worse: look at the plays first.',
    'not-shown': 'No difference shown: the interval holds 0.',
  },
  noVerdict: 'no verdict',
  brokenLabel: 'the groups are out of proportion',
  broken: (treated, control) =>
    `${treated} alerted and ${control} control customers are not what the lots give. Please tell the administrator.`,
  tooFew: 'sample too small',
  tooFewLabel: 'no conclusion yet',
  missing: (treated, control) =>
    `Missing: ${[
      ...(treated > 0 ? [`${treated} alerted`] : []),
      ...(control > 0 ? [`${control} control`] : []),
    ].join(', ')}`,
  noPairs: 'No stratum has customers of both groups to compare.',
  enoughOn: (day) => `Enough about ${day} at the present pace`,
  ended: 'The control group is switched off; there will be no more.',
  detectable: (share) => `Until now only gains above ${Math.ceil(share * 100)} points would show`,
  definition: (days) =>
    `Kept: a new order within ${days} days of the alert; by lot, whether contacted or not`,
  design: (day, share, delay) =>
    `since ${day} ${Number((share * 100).toFixed(1))}% by lot are alerted ${delay} days later, counted alike`,
  waiting: (n) => `${n} not due yet`,
  pastLabel: (days) => `ordered within ${days} days of an alert (no control group)`,
  pastTooFew: (known, need) => `${known} known outcomes, ${need} needed`,
  pastField: (days) => `${days} days`,
  pastShare: (kept, known) => `${kept} of ${known} ordered`,
  noControl: 'Without a control group this does not say that the alerts did it.',
  switchOn:
    'To find out, say “control group on 10%” (10% by lot are alerted 30 days later, tier A takes no part)',
  askAdmin: 'To know whether alerts help, ask the administrator for a control group.',
  pastDefinition: (period) => `Alerts of ${period}; kept: a new order afterwards`,
  won: (period, proven, claimed) =>
    `Closed as won, ${period}: ${proven} with an order${claimed > 0 ? `, ${claimed} only said so (not counted)` : ''}`,
  scripts: {
    title: (team) => `Scripts on trial${team === '' ? '' : ` · ${team}`}`,
    summary: (result) => `Scripts on trial: ${result}`,
    item: (play, day, ended) => `"${play}" since ${day}${ended ? ', ended' : ''}`,
    says: (a, b) => `A: ${a} / B: ${b}`,
    arms: (a, b) => `A ${a} · B ${b}`,
    ordered: (kept, have) => `${kept} of ${have} ordered`,
    n: (n) => `${n} customers`,
    result: (points, range, verdict) => `A against B ${points} (${range}): ${verdict}`,
    verdicts: { better: 'A is better', worse: 'B is better', 'not-shown': 'no difference seen' },
    missing: (a, b) =>
      `too few yet; missing: ${[...(a > 0 ? [`A ${a}`] : []), ...(b > 0 ? [`B ${b}`] : [])].join(', ')}`,
    definition: (days) => `By lot; kept: a new order within ${days} days`,
    none: 'No scripts are on trial.',
    how: 'Write two scripts (variants a and b) for a play in config/plays.yaml; lots are drawn from the next morning on.',
    more: (n) => `${n} more trials`,
  },
  winBack: {
    title: (team) => `Won back${team === '' ? '' : ` · ${team}`}`,
    summary: (team, rate, won, worked) =>
      `Won back${team === '' ? '' : ` (${team})`}: ${rate} (${won} of ${worked})`,
    label: (won, worked) => `won back (${won} of ${worked})`,
    share: (won, worked, rate) => `${won} of ${worked} · ${rate}`,
    more: (n) => `${n} more not listed; the total counts them`,
    noReason: 'no reason given',
    noPlay: 'no play remembered',
    untouched: (n) => `${n} lost customers nobody spoke with again are not counted`,
    noControl: 'Without a control group: a description.',
    definition: (period, days) =>
      `Losses recorded in ${period} and followed up afterwards; won back: a new order within ${days} days`,
    waiting: (n) => `${n} not due yet`,
  },
}
