import type { GoLiveReason } from '../../model/go-live.ts'

/** What stands behind a reason. */
interface Why {
  readonly churned: number | null
  readonly stayed: number | null
  readonly needed: number
  readonly gain: number | null
  readonly gainSe: number | null
  readonly onlyDays: number | null
}

const SCORERS: Readonly<Record<string, string>> = {
  rules: '规则',
  'seed-points': '积分表',
  blend: '混合模型',
  logistic: '逻辑回归',
  trees: '决策树',
  'mbg-nbd': '购买模型',
  'bg-nbd': '购买模型 BG',
  'pareto-nbd': '购买模型 Pareto',
  recency: '只看多久没下单',
  'silent-90': '沉默超过 90 天',
}

/** Facts that a model sees, for sentences on drift. */
const FEATURES: Readonly<Record<string, string>> = {
  score: '模型总分',
  recency: '沉默天数',
  tenure: '合作时长',
  orders: '下单次数',
  ordersThird: '近期下单次数',
  ordersHorizon: '一个周期内下单次数',
  ordersTwice: '两个周期内下单次数',
  ordersFour: '四个周期内下单次数',
  gapMean: '平均下单间隔',
  gapMedian: '下单间隔',
  gapMax: '最长下单间隔',
  gapCv: '下单间隔的波动',
  gapLast: '上一次下单间隔',
  recencyOverMedian: '沉默与自身周期之比',
  recencyOverMax: '沉默与最长间隔之比',
  recencyOverTenure: '沉默占合作时长之比',
  orderRate: '下单频率',
  newerHalf: '近半程下单占比',
  spendTotal: '累计金额',
  spendMean: '平均单额',
  spendLastRatio: '最近一单与平均之比',
  spendTwice: '近期金额',
  noPurchase: '购买模型的判断',
  'activity:ratio': '互动与平时之比',
  'complaint:open': '未关投诉',
  'ticket:open': '未关工单',
  'negative-words:points': '负面用语',
  'nps:last': 'NPS',
  'nps:drop': 'NPS 下降',
}

const KINDS: Readonly<Record<string, string>> = {
  payment: '付款',
  renewal: '续费',
  refund: '退款',
  consult: '咨询',
  login: '登录',
  browse: '浏览',
  review: '评价',
  complaint: '投诉',
  ticket: '工单',
  resolved: '问题解决',
  visit: '拜访',
  'contact-change': '联系人变动',
  touch: '触达',
  cancel: '提出终止',
  'contact-deleted': '被客户删除',
  'contact-dropped': '删除客户',
  'contact-added': '添加好友',
  'low-survey': '低分评价',
}

/** `login:horizon` → 登录次数, `login:since` → 距上次登录的天数. */
function feature(name: string): string {
  const [kind = '', how] = name.split(':')
  const known = KINDS[kind]
  if (FEATURES[name] || !known) return FEATURES[name] ?? name
  return how === 'since' ? `距上次${known}的天数` : `${known}次数`
}

const reasons: Record<GoLiveReason, (why: Why) => string> = {
  passed: ({ gain, gainSe, onlyDays }) =>
    `在更早的一段${onlyDays === null ? '' : `（历史短，只看 ${onlyDays} 天）`}上也比规则好：AUC 高 ${signed(gain)} ± ${digits(gainSe)}。`,
  'no-orders': () => '因为还没有任何订单，没有东西可以学。',
  'no-customers': () => '因为订单记录比观察期还短，没有客户可以评。',
  'short-history': () => '因为历史太短，凑不出一段学、一段比、一段考。',
  'too-few-churns': ({ churned, needed }) =>
    `因为流失客户太少：用来比较的那段只有 ${churned ?? 0} 家，至少要 ${needed} 家。`,
  'too-few-stays': ({ stayed, needed }) =>
    `因为留下来的客户太少：用来比较的那段只有 ${stayed ?? 0} 家，至少要 ${needed} 家。`,
  'no-gain': ({ gain }) => `因为没有模型比规则明显更好（AUC 差 ${signed(gain)}）。`,
  'not-certain': ({ gain, gainSe }) =>
    `因为好的幅度可能只是运气（AUC 高 ${signed(gain)} ± ${digits(gainSe)}）。`,
  'worse-probabilities': ({ gain }) => `因为排序虽好一点（AUC ${signed(gain)}），概率却比规则更不准。`,
  'no-model': () => '因为选出的模型今天学不出来，数据不够。',
}

/** The scorer's versions: proposal, decision, drift. */
export const model = {
  scorer: (name: string): string => SCORERS[name] ?? name,
  feature,
  reasons,
  states: {
    proposed: '等待决定',
    active: '使用中',
    refused: '暂不采用',
    retired: '已停用',
    withdrawn: '已被新的评估取代',
    'rules-stay': '没有通过',
  },
  titles: {
    none: '评分模型 · 还没有评估过',
    proposed: '新评分模型通过回测，等你决定',
    active: '评分模型 · 正在使用',
    refused: '评分模型 · 暂不采用',
    retired: '评分模型 · 已停用',
    withdrawn: '评分模型 · 已被新的评估取代',
    'rules-stay': '暂时继续用规则',
    'not-better': '这次没有更好的模型',
  },
  none: '有了足够的订单历史，我会自己评估一次；也可以点下面的按钮。',
  caught: '重放历史时提前提醒到的流失客户',
  labels: {
    test: '回测',
    churned: '其中流失',
    ranking: '排序 AUC',
    top: '前 10 % / 前 5 家',
    probability: 'Brier / ECE',
    work: '提前 / 推送',
  },
  test: (scorer: string, day: string, horizon: number): string => `${scorer}，${day} 起 ${horizon} 天`,
  sample: (customers: number, of: number): string => `${of} 家中抽 ${customers} 家来评`,
  against: (own: string, rules: string | null): string => (rules === null ? own : `${own}（规则 ${rules}）`),
  times: (lift: string): string => `${lift} 倍`,
  yardstick: (name: string, auc: string): string => `${name} ${auc}`,
  yardsticks: (list: readonly string[]): string =>
    list.length === 0 ? '' : `最简单的办法：${list.join('，')}。`,
  work: (days: number | null, pushes: string): string =>
    days === null ? `每人每天 ${pushes} 条` : `中位 ${days} 天 / 每人每天 ${pushes} 条`,
  look: (scorer: string, missed: number, falseAlarms: number, churned: number, names: string): string =>
    `回看在用的${scorer}：流失 ${churned} 家漏掉 ${missed} 家${names === '' ? '' : `（${names} 等）`}，误报 ${falseAlarms} 家。`,
  change: (customers: number, raised: number, lowered: number): string =>
    `采用后 ${customers} 家中有 ${raised + lowered} 家换等级：升 ${raised} 家，降 ${lowered} 家。`,
  effect: '从下一次评分起生效；你不点，什么都不会变。',
  inUse: (what: string): string => `在用：${what}`,
  summary: (title: string, reason: string): string => `${title}：${reason}`,
  idle: (id: number): string => `版本 ${id} 看的天数与现在的设置不同（或读不出），请重新评估`,
  version: (id: number): string => `版本 ${id}`,
  versionOf: (id: number, scorer: string): string => `版本 ${id}（${scorer}）`,
  earlier: (ids: string): string => `看别的版本发「上线 ${ids}」`,
  buttons: { accept: '采用', refuse: '暂不采用', rules: '改回规则', again: '重新评估', show: '看报告' },
  said: {
    accept: (id: number): string => `已采用版本 ${id}，从下一次评分起生效；可以撤销或改回规则。`,
    refuse: (id: number): string => `版本 ${id} 暂不采用，继续用现在的评分；下个季度我再评估。`,
    rules: '已改回规则，从下一次评分起生效。',
    again: '好，马上重新评估，有结果就告诉你；期间评分不变。',
    asked: '已经在评估了，有结果就告诉你。',
    late: '这张卡已经过时，没有改动；现在是这样：',
    undone: '刚才的决定已撤销，从下一次评分起生效。',
  },
  failed: { title: '评分模型没有评估成', note: '评分照常，没有改动；原因在日志里。' },
  noVersion: (id: string): string => `没有版本 ${id}。`,
  noModel: (id: number): string => `版本 ${id} 没有模型可用，当时的结论是继续用规则。`,
  drift: {
    title: '评分模型该看一看了',
    feature: (name: string, psi: string): string => `${name}分布变化明显（PSI ${psi}）`,
    level: (said: string, came: string): string => `上一段平均风险 ${said}，实际流失 ${came}：概率整体偏了`,
    ranking: (before: string, now: string): string => `排序变差：AUC 从 ${before} 降到 ${now}`,
    note: '评分照常，没有改动。建议重新评估。',
  },
  cli: {
    head: (what: string): string => `在用：${what}`,
    line: (id: number, asOf: string, kind: string, state: string): string =>
      `版本 ${id} · 数据截至 ${asOf} · ${kind} · ${state}`,
    noVersions: '还没有评估过。运行 liuke model train。',
    training: '训练',
    done: {
      accept: (id: number): string => `已采用版本 ${id}，从下一次评分起生效。`,
      refuse: (id: number): string => `版本 ${id} 暂不采用。`,
      rules: '已改回规则，从下一次评分起生效。',
    },
    unchanged: '没有改动：已经是这样了。',
    stopped: '已停止，评分没有改动；已训练好的部分已保留，再运行会接着做。',
  },
}

function signed(value: number | null): string {
  return value === null ? '未知' : `${value < 0 ? '−' : '+'}${digits(Math.abs(value))}`
}

function digits(value: number | null): string {
  return value === null ? '未知' : value.toFixed(3)
}
