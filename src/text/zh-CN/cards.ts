import type { CaseState, FalseAlarmReason } from '../../model/case.ts'
import { type Day, partsOfDay } from '../../model/day.ts'

const caseStates: Record<CaseState, string> = {
  open: '待确认',
  working: '跟进中',
  waiting: '待结果',
  won: '已挽回',
  lost: '已流失',
  'false-alarm': '误报',
  expired: '已过期',
}

const falseAlarmReasons: Record<FalseAlarmReason, string> = {
  'moved-channel': '转渠道',
  'long-cycle': '周期长',
  seasonal: '季节性',
  'new-entity': '换签约主体',
  'closed-down': '已关停',
}

/** 12 月 1 日 */
function monthDay(day: Day): string {
  const { month, date } = partsOfDay(day)
  return `${month} 月 ${date} 日`
}

export const cards = {
  comma: '、',
  colon: '：',
  caseStates,
  falseAlarmReasons,
  contactRoles: { buyer: '采购', decider: '决策', user: '使用' },
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
    more: '下一页',
    play: '打法',
    brief: '准备',
    draft: '草稿',
    transfer: '转交',
  },
  labels: {
    risk: '流失风险',
    value12m: '近 12 个月成交',
    portrait: '画像',
    orders: '近 3 单',
    touches: '近 3 次联系',
    complaints: '未关投诉',
    contacts: '联系人',
    next: '下次联系',
    nextOrder: '预计下单',
    case: '风险单',
    owner: '负责',
    recency: '最近 R',
    frequency: '频次 F',
    monetary: '金额 M',
    segment: 'RFM 分群',
    stage: '阶段',
    tierFigure: '价值分层',
    outlook: '未来 12 个月',
    churnRate: '流失率',
    lost: '流失 / 期初',
    interval: '95 % 区间',
    returned: '回流',
    fresh: '新增',
    listed: '家',
  },
  asOf: (day: string): string => `数据截至 ${day}`,
  tierWord: (tier: string): string => `${tier} 类`,
  perYear: (money: string): string => `年 ${money}`,
  suggestion: (action: string): string => `建议：${action}`,
  orderReasons: {
    priority: '',
    worse: '变严重',
    event: '新动态',
    asked: '到了你定的日子',
    promised: '约好今天联系',
  },
  atRisk: {
    title: (name: string, band: string): string => `${name} · 风险${band}`,
    summary: (name: string, band: string, reason: string): string =>
      reason === '' ? `${name} 流失风险${band}。` : `${name} 流失风险${band}：${reason}`,
  },
  digest: {
    title: (rep: string, day: string, n: number): string =>
      n === 0 ? `${rep} · ${day} 没有新的风险客户` : `${rep} · ${day} 先联系这 ${n} 家`,
    summary: (n: number, first: string | null, due: number, orders: number): string => {
      const risk = first === null ? '今天没有新的风险客户' : `今天先联系 ${n} 家，第一家是 ${first}`
      const promised = due === 0 ? '' : `；有 ${due} 家约好要联系`
      return `${risk}${promised}${orders === 0 ? '' : `；${orders} 家快到下单时间`}。`
    },
    item: (rank: number, name: string, head: string, reason: string): string =>
      `${rank}. ${name}（${head}${reason === '' ? '' : ` · ${reason}`}）`,
    reason: (why: string, suggestion: string): string => (suggestion === '' ? why : `${why} → ${suggestion}`),
    news: (name: string, day: string, money: string): string =>
      `好消息：你 ${day} 跟进的${name}又下单了${money === '' ? '' : `，${money}`}`,
    order: '按风险×成交额排序',
    titleDue: (rep: string, day: string, n: number): string => `${rep} · ${day} 有 ${n} 家约好要联系`,
    due: (n: number, names: string): string => `约好要联系 ${n} 家：${names}`,
    titleOrders: (rep: string, day: string, n: number): string => `${rep} · ${day} 有 ${n} 家快到下单时间`,
    expected: (n: number, names: string, besides: boolean): string =>
      `${besides ? '另有 ' : ''}${n} 家快到下单时间：${names}`,
    more: (n: number): string => `还有 ${n} 家在名单里`,
    handled: (state: string): string => `✓ ${state}`,
    kept: (promise: string): string => `✓ ${promise}`,
    snoozed: (day: string): string => `✓ 稍后，${day} 再提醒`,
  },
  due: {
    item: (day: string, name: string): string => `约好 ${day}联系 · ${name}`,
    overdue: (day: string, name: string): string => `约好 ${day}联系 · ${name}（已过期）`,
  },
  expected: {
    item: (name: string, every: number, due: Day, passed: boolean): string =>
      `${passed ? '到了' : '快到'}下单时间 · ${name}：每 ${every} 天左右下单，预计 ${monthDay(due)}前后`,
    field: (every: number, due: Day, late: boolean): string =>
      `${monthDay(due)}前后（每 ${every} 天左右）${late ? '，已过' : ''}`,
  },
  customer: {
    title: (name: string, band: string | null): string => (band === null ? name : `${name} · 风险${band}`),
    summary: (name: string, words: string): string => (words === '' ? name : `${name}：${words}`),
    lostTitle: (name: string): string => `${name} · 已流失`,
    noScore: '还没有评分。',
    complaints: (n: number, since: string): string => `${n} 条，最早 ${since}`,
    touch: (day: string, kind: string, outcome: string): string =>
      outcome === '' ? `${day} ${kind}` : `${day} ${kind} ${outcome}`,
    contact: (name: string, role: string, phone: string): string =>
      phone === '' ? `${name}（${role}）` : `${name}（${role} ${phone}）`,
    overdue: (day: string): string => `${day}，已过期`,
  },
  why: {
    title: (name: string): string => `${name} · 为什么`,
    figureLabel: (points: string): string => `流失风险（合计 ${points} 分）`,
    line: (points: string, sentence: string): string => `${points} ${sentence}`,
    aside: (sentence: string): string => `不计分：${sentence}`,
    base: (points: string): string => `${points} 公司客户的平均水平`,
    rest: (n: number, points: string): string => `${points} 另外 ${n} 条`,
    sum: (points: string): string => `合计 ${points} 分`,
    none: '没有发现风险信号，往来正常。',
    insufficient: '数据不足：历史太少，暂不打分。',
    summary: (name: string, words: string): string => `${name}：${words}`,
  },
  whatIf: {
    things: {
      'complaint-closed': '投诉处理好并关单',
      consult: '客户本周来咨询一次',
      'good-nps': '下次回访打到高分',
      renewal: '续费',
      order: '本周下单',
      'no-order': '下单',
      'no-activity': '任何往来',
      'no-renewal': '续费',
    },
    falls: (thing: string, band: string): string => `若${thing}，会降到「${band}」`,
    rises: (days: number, thing: string, band: string): string =>
      `再过 ${days} 天没有${thing}，会升到「${band}」`,
  },
  tier: {
    title: (name: string): string => `${name} · 分层`,
    summary: (name: string, tier: string, segment: string): string => `${name}：${tier}，${segment}`,
    recency: (days: number): string => (days === 0 ? '今天下单' : `${days} 天前下单`),
    frequency: (n: number): string => `下单 ${n} 次`,
    monetary: (money: string): string => `近 12 个月 ${money}`,
    score: (raw: string, score: number): string => `${raw}（${score} 分）`,
    insufficient: '数据不足：至少要有 2 次下单才分群。',
    outlook: (low: string, high: string): string => `预计 ${low}–${high}（按销售额）`,
  },
  list: {
    title: (words: string): string => (words === '' ? '风险名单' : `名单 · ${words}`),
    summary: (words: string, n: number): string => `${words === '' ? '风险名单' : words}：${n} 家。`,
    none: '没有符合条件的客户。',
    item: (rank: number, name: string, words: string): string => `${rank}. ${name}（${words}）`,
    page: (from: number, to: number, total: number): string => `第 ${from}–${to} 家，共 ${total} 家`,
    masked: '名称已打码，明细请私聊我',
    total: (band: string, n: number): string => `${band} ${n}`,
    noScores: '还没有评分结果。',
    unknownFilter: (word: string, regions: string): string =>
      `没看懂「${word}」，可用：高、紧急、中、观察、临近流失、数据不足${regions === '' ? '' : `，或区域：${regions}`}。`,
    nearChurn: '临近流失',
  },
  churn: {
    title: (period: string, team: string): string =>
      team === '' ? `流失 · ${period}` : `流失 · ${period} · ${team}`,
    summary: (period: string, rate: string, lost: number, opening: number): string =>
      `${period}流失率 ${rate}（${lost}/${opening}）。`,
    noBase: '无基数',
    noBaseLine: '期初没有客户，算不出比例。',
    smallSample: '样本不足，不下结论。',
    share: (lost: number, opening: number): string => `${lost} / ${opening}`,
    families: (n: number): string => `${n} 家（不抵扣流失）`,
    fresh: (n: number): string => `${n} 家（不进分母）`,
    interval: (low: string, high: string): string => `${low} – ${high}`,
    unknownPeriod: (word: string): string =>
      `没看懂「${word}」。期间可用：本月、上月、本季、今年、去年、2026-10、2026Q3、2026、近90天；或团队名。`,
    noTeam: '你无权限查看这个团队。',
    ownOnly: '这里只算你自己的客户，团队合计请在群里问。',
  },
  mine: {
    title: (name: string, day: string, n: number, waiting: number): string => {
      const todo = n === 0 ? '没有待跟进的风险客户' : `待跟进 ${n} 家`
      return `${name} · ${day} ${todo}${waiting === 0 ? '' : `，等结果 ${waiting} 家`}`
    },
    summary: (n: number, waiting: number, due: number): string =>
      `待跟进 ${n} 家${waiting === 0 ? '' : `，等结果 ${waiting} 家`}${due === 0 ? '' : `，约好要联系 ${due} 家`}。`,
    clear: '今天没有约好的客户',
    more: (n: number): string => `还有 ${n} 家`,
  },
  pick: {
    titleSeveral: (name: string, n: number): string => `「${name}」有 ${n} 个`,
    titleGuess: '你是说 …？',
    summary: (name: string): string => `「${name}」是哪一个？点按钮或回数字。`,
    line: (rank: number, name: string, detail: string): string =>
      detail === '' ? `${rank}. ${name}` : `${rank}. ${name}（${detail}）`,
    button: (rank: number, name: string): string => `${rank} ${name}`,
    note: '点按钮或回数字，原来的话会接着办。没有就请写全称。',
    more: (n: number): string => `还有 ${n} 个没列出，请写全称。`,
  },
  case: {
    title: (name: string, state: string): string => `${name} · ${state}`,
    summary: (name: string, state: string): string => `${name}：${state}。`,
    unchanged: '这一步已经记过了，这是现在的状态。',
    closed: '这张风险单已经关闭，这是现在的状态。',
    none: '这个客户现在没有待跟进的风险单。',
    askSnooze: '什么时候再提醒？',
    askReason: '为什么是误报？选一个原因。',
    snoozed: (day: string): string => `${day} 之前不再提醒；变严重会提前叫你。`,
    falseAlarm: (reason: string, days: number | null): string =>
      `误报原因：${reason}。${days === null ? '以后' : `${days} 天内`}不再提醒，有投诉等新动态除外。`,
    dayTooFar: '这个日期不能用，请重新选。',
  },
  wrongItem: {
    title: '这一项没有这个按钮',
    only: (items: string) => `这个按钮只能用于：${items}。请在列表里改选后再按。`,
    none: '请在列表里改选一项后再按。',
  },
}
