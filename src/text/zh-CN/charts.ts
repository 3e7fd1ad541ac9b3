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
  keptShare: '之后下单的客户占比，横线为 95 % 区间',
  treated: '提醒组',
  control: '对照组',
  effectBar: (percent: string, n: number): string => `${percent}（${n} 家）`,
  effectAlt: (
    treated: { readonly share: number; readonly n: number },
    control: { readonly share: number; readonly n: number },
  ): string =>
    `提醒组 ${treated.n} 家留住 ${common.percent(treated.share)}，对照组 ${control.n} 家留住 ${common.percent(control.share)}。`,
}
