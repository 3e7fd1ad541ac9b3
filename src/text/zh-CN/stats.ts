import type { ChurnDefinition } from '../../model/churn.ts'

/** 口径 in one clause: 「180 天没有下单」. */
function definition({ basis, days, cycles }: ChurnDefinition): string {
  if (basis === 'renewal') return `合同到期 ${days} 天未续`
  if (basis === 'order') return `${days} 天没有下单`
  return `超过自身 ${cycles} 个采购周期且满 ${days} 天没有下单`
}

export const stats = {
  definition,
  /** All definitions behind a figure, with their version. */
  definitions: (list: readonly ChurnDefinition[], version: number): string =>
    `口径 v${version}：${list.map(definition).join('；')}`,
  bySegment: '按客户类型',
  rate: '流失率',
  noBase: '无基数',
  smallSample: '样本不足',
  /** n/N */
  share: (lost: number, opening: number): string => `${lost}/${opening} 家`,
  interval: (low: string, high: string): string => `95% 区间 ${low} – ${high}`,
  opening: '期初客户',
  lost: '流失',
  returned: '回流',
  new: '新增',
  notNetted: '回流和新增不冲减流失',
  asOf: (day: string): string => `截至 ${day}`,
  unfinished: (day: string): string => `本期未完，截至 ${day}`,
  notBegun: (period: string): string => `${period} 还没开始，换个期间试试，例如「流失 本月」。`,
  lastDays: (days: number): string => `近 ${days} 天`,
  unknownPeriod: (words: string): string =>
    `没看懂期间「${words}」，可以说：本月、上月、本季、今年、2026-10、2026Q3。`,
  unknownDefinition: (name: string, known: string): string => `没有「${name}」这个口径，可选：${known}。`,
  unknownTeam: (name: string, known: string): string => `没有「${name}」这个团队，可选：${known}。`,
  movement: {
    title: '风险客户变动',
    opening: '期初',
    entered: '新增',
    worsened: '恶化',
    recovered: '恢复',
    lost: '流失',
    closing: '期末',
  },
  demo: {
    loaded: (entity: string, added: number, seconds: number): string =>
      `${entity}：${added} 行，${seconds} 秒`,
    written: (file: string, rows: number): string => `${file}：${rows} 行`,
  },
}
