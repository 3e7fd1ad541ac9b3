export const cards = {
  comma: '、',
  buttons: {
    why: '为什么',
    customer: '客户详情',
    contacted: '已联系',
    snooze: '稍后',
    falseAlarm: '误报',
    list: '查看全部',
    mine: '我的',
    tier: '分层',
    undo: '撤销',
    help: '帮助',
  },
  labels: {
    customer: '客户',
    risk: '流失风险',
    value12m: '近 12 个月成交',
  },
  asOf: (day: string): string => `数据截至 ${day}`,
  tierWord: (tier: string): string => `${tier} 类`,
  perYear: (money: string): string => `年 ${money}`,
  suggestion: (action: string): string => `建议：${action}`,
  orderReasons: { priority: '', worse: '变严重', event: '新动态' },
  atRisk: {
    title: (name: string, band: string): string => `${name} · 风险${band}`,
    summary: (name: string, band: string, reason: string): string =>
      reason === '' ? `${name} 流失风险${band}。` : `${name} 流失风险${band}：${reason}`,
  },
  digest: {
    title: (rep: string, day: string, n: number): string =>
      n === 0 ? `${rep} · ${day} 今天没有新的风险客户` : `${rep} · ${day} 先联系这 ${n} 家`,
    summary: (n: number, first: string | null, due: number): string => {
      const risk = first === null ? '今天没有新的风险客户' : `今天先联系 ${n} 家，第一家是 ${first}`
      return due === 0 ? `${risk}。` : `${risk}；另有 ${due} 个约定的跟进到期。`
    },
    item: (rank: number, name: string, head: string, reason: string): string =>
      `${rank}. ${name}（${head}${reason === '' ? '' : ` · ${reason}`}）`,
    reason: (why: string, suggestion: string): string => (suggestion === '' ? why : `${why} → ${suggestion}`),
    due: (n: number, names: string): string => `约定跟进 ${n}：${names}`,
    more: (n: number): string => `还有 ${n} 家在名单里`,
  },
}
