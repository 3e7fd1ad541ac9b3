interface Replay {
  readonly alerts: number
  readonly lost: number
  readonly caught: number
  readonly leadDaysMedian: number | null
}

interface Level {
  readonly method: 'same-season' | 'unseen-season'
  readonly expected: number
  readonly low: number | null
  readonly high: number | null
}

/** `liuke backtest`: what the back-test says to people. */
export const backtest = {
  head: (asOf: string, horizon: number, customers: number, churned: number) =>
    `回测 ${asOf}：之后 ${horizon} 天没有下单算流失。客户 ${customers} 家，流失 ${churned} 家${share(churned, customers)}`,
  active: (days: number) => `只评最近 ${days} 天内下过单的客户`,
  trained: (asOf: string) => `训练截止 ${asOf}：它之后的结果到回测日已经全部知道`,
  columns: {
    name: '评分器',
    auc: 'AUC',
    prAuc: 'PR-AUC',
    liftTop10: '前10%提升',
    prAucRetained: '留存PR-AUC',
    liftTop10Retained: '留存提升',
    caughtTop10: '前10%抓到',
    brier: 'Brier',
    ece: 'ECE',
  },
  lack: {
    'no-orders': '数据不足：还没有任何订单，无法回测',
    'no-customers': '数据不足：回测日之前没有可评的客户（订单记录短于观察期，或没有活跃客户）',
    'short-history':
      '数据不足：历史太短或太少，模型无从学起（需要更早的截止日，流失和留存各至少 20 家），只评不用学习的评分器',
  },
  unjudged: (names: string) => `数据不足，没有评：${names}`,
  chosen: (name: string) => `建议使用：${name}（在更早的一段上选出，不是挑上表里最好的）`,
  chosenShorter: (name: string, days: number) =>
    `建议使用：${name}（历史不够长，只能在 ${days} 天的观察期上与规则比较，且只比不用学习的购买模型）`,
  unchallenged: (name: string) => `先用：${name}（没有更早的一段历史可以比较，不换）`,
  verdict: (name: string, reason: string, gain: number | null) =>
    `  ${name} 不如规则可靠：${reason}${gain === null ? '' : `（AUC 差 ${signed(gain)}）`}`,
  reasons: {
    passed: '通过',
    'too-few-churns': '流失客户太少',
    'too-few-stays': '留存客户太少',
    'no-gain': '没有比规则明显更好',
    'not-certain': '好的幅度可能只是运气',
    'worse-probabilities': '排序更好，但概率更不准',
  },
  sample: (customers: number, of: number) => `按 ${of} 家有订单的客户中的 ${customers} 家（按编号固定抽样）`,
  replay: ({ alerts, lost, caught, leadDaysMedian }: Replay, perRepDay: number, reps: number) =>
    `重放回测日之后：提醒 ${alerts} 家，流失 ${lost} 家中提前提醒了 ${caught} 家，提前天数中位 ${leadDaysMedian ?? '-'}；每位销售每天 ${perRepDay.toFixed(2)} 条（未计每日上限，${reps === 0 ? '客户没有负责人，按一人算' : `按今天的 ${reps} 位负责人`}）`,
  level: ({ method, expected, low, high }: Level) =>
    `整体流失率预计 ${percent(expected)}${low === null || high === null ? '（没有更早的误差可参照）' : `，多半在 ${percent(low)} 到 ${percent(high)} 之间`}；${method === 'same-season' ? '已按去年同期的偏差校正' : '历史里没有去年同期，没见过这个季节，旺季淡季可能使它整体偏高或偏低'}`,
  rulesNote: '规则按当日已知的事实重算，概率按上一段校准；合同到期日没有历史记录，回测中不用；客户分群按今天',
  took: (seconds: number) => `用时 ${seconds} 秒`,
  stopped: '已停止，没有写入任何内容。',
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `（${((100 * part) / whole).toFixed(1)}%）`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
}
