import { common } from './common.ts'

/** Words in pictures: short, for they are read on a phone at half size. */
export const charts = {
  gaps: '每次下单间隔（天）',
  typical: (days: number): string => `通常\n${days} 天`,
  date: common.date,
  today: '今天',
  silence: (days: number): string => (days === 0 ? '刚下单' : `第 ${days} 天`),
  ownCycleAlt: (gaps: readonly number[], typical: number, silence: number): string =>
    `最近 ${gaps.length} 次下单间隔 ${gaps.join('、')} 天，通常 ${typical} 天；${
      silence === 0 ? '今天刚下单' : `今天第 ${silence} 天`
    }。`,
}
