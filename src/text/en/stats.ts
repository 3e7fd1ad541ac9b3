import type { ChurnDefinition } from '../../model/churn.ts'
import type { Text } from '../index.ts'

function definition({ basis, days, cycles }: ChurnDefinition): string {
  if (basis === 'renewal') return `contract ended and ${days} days not renewed`
  if (basis === 'order') return `no order for ${days} days`
  return `no order for ${cycles} own purchase cycles and at least ${days} days`
}

export const stats: Text['stats'] = {
  definition,
  definitions: (list: readonly ChurnDefinition[], version: number) =>
    `Definition v${version}: ${list.map(definition).join('; ')}`,
  bySegment: 'by customer segment',
  rate: 'churn rate',
  noBase: 'no base',
  smallSample: 'sample too small',
  share: (lost: number, opening: number) => `${lost} of ${opening}`,
  interval: (low: string, high: string) => `95% interval ${low} – ${high}`,
  opening: 'at the start',
  lost: 'lost',
  returned: 'returned',
  new: 'new',
  notNetted: 'returned and new customers are not netted against lost ones',
  asOf: (day: string) => `as of ${day}`,
  unfinished: (day: string) => `period not over, as of ${day}`,
  notBegun: (period: string) => `${period} has not begun; try "churn this month".`,
  lastDays: (days: number) => `the last ${days} days`,
  unknownPeriod: (words: string) =>
    `I cannot read the period "${words}"; try: this month, last month, this quarter, 2026-10, 2026Q3, 2026.`,
  unknownDefinition: (name: string, known: string) =>
    `There is no definition "${name}"; there are: ${known}.`,
  unknownTeam: (name: string, known: string) => `There is no team "${name}"; there are: ${known}.`,
  movement: {
    title: 'Movement of at-risk customers',
    opening: 'at the start',
    entered: 'entered',
    worsened: 'worsened',
    recovered: 'recovered',
    lost: 'lost',
    closing: 'at the end',
  },
  demo: {
    loaded: (entity: string, added: number, seconds: number) => `${entity}: ${added} rows in ${seconds} s`,
    written: (file: string, rows: number) => `${file}: ${rows} rows`,
  },
}
