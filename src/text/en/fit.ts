import type { Text } from '../index.ts'

export const fit: Text['fit'] = {
  head: (model, asOf, customers, repeaters) =>
    `${model} as of ${asOf}: ${customers} customers, ${repeaters} with a repeat purchase`,
  parameter: (name, value, error) =>
    `  ${name.padEnd(6)} ${figure(value)}${error === null ? '' : ` ± ${figure(error)}`}`,
  likelihood: (value, iterations, seconds) =>
    `  log-likelihood ${value.toFixed(4)}, ${iterations} iterations, ${seconds} s`,
  reasons: {
    'no-customers': 'Not enough data: there is no order up to that day',
    'no-time': 'Not enough data: every first order is of the as-of day itself',
    'no-repeats': 'Not enough data: nobody bought again (several orders of one day are one purchase)',
    'few-repeaters': 'Not enough data: too few customers bought again for a fit that can be trusted',
    'no-amounts': 'Not enough data: repeat orders have no amounts',
    'few-amounts': 'Not enough data: too few customers have repeat orders with amounts',
    'equal-amounts': 'Not enough data: all customers have the same mean amount',
    'not-converged': 'Not enough data: the likelihood did not reach a maximum',
  },
  notes: {
    'no-drop-out':
      'Note: nobody is seen to leave (the drop-out parameter runs to 0); P(alive) says nothing, P(no purchase) does',
    'equal-drop-out': 'Note: all customers leave with the same probability',
    'equal-rates': 'Note: all customers buy at the same rate',
    'at-bound': 'Note: some parameter is not determined by the data',
    'amount-depends-on-frequency': 'Note: amounts go with frequency; do not multiply the two',
    'no-mean-amount': 'Note: q ≤ 1, the amounts have no mean',
  },
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toPrecision(6)
}
