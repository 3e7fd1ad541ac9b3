import { partsOfDay } from '../../model/day.ts'
import type { Text } from '../index.ts'
import { common } from './common.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Words in pictures: short, for they are read on a phone at half size. */
export const charts: Text['charts'] = {
  gaps: 'Days between orders',
  typical: (days) => `usual\n${days} d`,
  date: (day) => {
    const { month, date } = partsOfDay(day)
    return `${date} ${MONTHS[month - 1]}`
  },
  today: 'now',
  silence: (days) => (days === 0 ? 'today' : `day ${days}`),
  ownCycleAlt: (gaps, typical, silence) =>
    `The last ${gaps.length} gaps between orders were ${gaps.join(', ')} days, usually ${typical}; ${
      silence === 0 ? 'an order came today' : `today is day ${silence}`
    }.`,
  keptShare: 'Share that ordered afterwards; lines: 95% interval',
  treated: 'Alerted',
  control: 'Control',
  effectBar: (percent, n) => `${percent} (of ${n})`,
  effectAlt: (treated, control) =>
    `Of ${treated.n} alerted customers ${common.percent(treated.share)} were kept, of ${control.n} control customers ${common.percent(control.share)}.`,
}
