import type { Text } from '../index.ts'

export const backtest: Text['backtest'] = {
  head: (asOf, horizon, customers, churned) =>
    `Back-test of ${asOf}: churned = no order in the ${horizon} days after. ${customers} customers, ${churned} churned${share(churned, customers)}`,
  active: (days) => `Only customers with an order in the last ${days} days are judged`,
  trained: (asOf) => `Trained up to ${asOf}: what came after it was all known on the test day`,
  columns: {
    name: 'scorer',
    auc: 'AUC',
    prAuc: 'PR-AUC',
    liftTop10: 'lift10',
    prAucRetained: 'PR-AUC ret.',
    liftTop10Retained: 'lift10 ret.',
    caughtTop10: 'caught10',
    brier: 'Brier',
    ece: 'ECE',
  },
  lack: {
    'no-orders': 'Not enough data: there is no order yet, so there is nothing to judge',
    'no-customers':
      'Not enough data: nobody to judge on the test day (the orders cover less than the horizon, or nobody was active)',
    'short-history':
      'Not enough data: too short or too small a history to learn from (an earlier cut-off with 20 churns and 20 stays is needed); only scorers that do not learn were judged',
  },
  unjudged: (names) => `Not enough data, not judged: ${names}`,
  chosen: (name) => `To be used: ${name} (chosen on an earlier stretch, not as the best row above)`,
  chosenShorter: (name, days) =>
    `Use: ${name} (the history is too short for the whole horizon: purchase models, which learn from no answers, were compared with the rules over ${days} days)`,
  unchallenged: (name) =>
    `To be used: ${name} (there is no earlier stretch to compare on, so nothing replaces it)`,
  verdict: (name, reason, gain) =>
    `  ${name} does not beat the rules: ${reason}${gain === null ? '' : ` (AUC ${signed(gain)})`}`,
  reasons: {
    passed: 'passed',
    'too-few-churns': 'too few churns',
    'too-few-stays': 'too few stays',
    'no-gain': 'no clear gain',
    'not-certain': 'the gain may be chance',
    'worse-probabilities': 'ranks better, but its probabilities are worse',
  },
  sample: (customers, of) => `By a fixed sample of ${customers} of the ${of} customers with orders`,
  replay: ({ alerts, lost, caught, leadDaysMedian }, perRepDay, reps) =>
    `Replay after the test day: ${alerts} alerts; ${caught} of ${lost} losses foreseen, ${leadDaysMedian ?? '-'} days ahead (median); ${perRepDay.toFixed(2)} pushes per rep and day (before the daily budget; ${reps === 0 ? 'no owners known, so all as one rep’s' : `by today’s ${reps} owners`})`,
  level: ({ method, expected, low, high }) =>
    `Churn of all expected: ${percent(expected)}${low === null || high === null ? ' (no earlier error to go by)' : `, most likely ${percent(low)} to ${percent(high)}`}; ${method === 'same-season' ? 'corrected by how far last year’s season was off' : 'the history holds no such season, so that all risks may be too high or too low together'}`,
  rulesNote:
    'The rules are worked out from the facts of that day and calibrated on the stretch before; renewal dates have no history and are left out, segments are those of today',
  took: (seconds) => `${seconds} s`,
  stopped: 'Stopped; nothing was written.',
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)}%)`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
}
