import { type Day, isoFromDay } from '../../model/day.ts'
import type { Text } from '../index.ts'

export const common: Text['common'] = {
  productName: 'Liuke',
  errors: {
    'bad-input': 'I did not understand that. Try other words, or send "help".',
    'not-found': 'Not found; please check the name.',
    'not-allowed': 'You are not allowed to see this.',
    conflict: 'This has just changed; look at the latest state and try again.',
    busy: 'Busy; please try again in a moment.',
    upstream: 'The platform does not answer right now; it will be retried.',
    config: 'The configuration is wrong; please tell the administrator.',
    bug: 'Something went wrong and was recorded; please try again later.',
  },
  bands: { none: 'calm', watch: 'watch', medium: 'medium', high: 'high', urgent: 'urgent' },
  tiers: { A: 'A', B: 'B', C: 'C', unknown: 'not enough data' },
  roles: { rep: 'rep', lead: 'lead', admin: 'admin' },
  date: (day: Day) => isoFromDay(day),
  pastDate: (day: Day) => isoFromDay(day),
  day: (day: Day) => isoFromDay(day),
  money: (fen: number) => `${fen < 0 ? '−' : ''}¥${Math.round(Math.abs(fen) / 100).toLocaleString('en-US')}`,
  percent: (share: number) => `${(share * 100).toFixed(1)} %`,
  insufficient: 'not enough data',
  staleData: 'data feed stopped',
}
