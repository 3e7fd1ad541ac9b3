import type { CaseState, LostReason, SnoozeReason } from '../../model/case.ts'

/** Past the time to follow up: to the rep, then to the lead. */
const late = {
  title: (n: number): string => `${n} 家超过跟进时限`,
  summary: (n: number, first: string): string =>
    n === 1 ? `${first} 超过跟进时限。` : `${n} 家超过跟进时限，最久的是 ${first}。`,
  item: (name: string, words: string): string => `${name} · ${words}`,
  today: '时限已到',
  workdays: (n: number): string => `超 ${n} 个工作日`,
  line: (state: string, reason: string): string => (reason === '' ? state : `${state} · ${reason}`),
  note: '只发给你；记一句结果、约好下次或点「稍后」就不再催',
  teamTitle: (n: number): string => `团队有 ${n} 家超时未跟进`,
  teamSummary: (n: number): string => `团队有 ${n} 家超时未跟进，可提醒、转交或关闭。`,
  teamNote: '已先提醒过本人',
  remind: '提醒',
  close: '关闭',
  giveTo: (name: string): string => `转给 ${name}`,
  asked: (by: string, customer: string): string => `${by} 请你跟进：${customer}`,
  reminded: (name: string, customer: string): string => `已提醒 ${name}：${customer}`,
  remindedBefore: (name: string, customer: string): string => `今天提醒过 ${name} 了：${customer}`,
  cannotReach: (name: string): string => `${name} 没有绑定聊天账号，提醒不到。`,
  closed: '已关闭，不再提醒；客户再变差会开新单。',
}

const lostReasons: Record<LostReason, string> = {
  price: '价格',
  service: '服务',
  quality: '质量',
  delivery: '交付',
  competitor: '竞品',
  'contact-change': '对接人变动',
  'no-need': '没有需求',
  'closed-down': '客户关停',
  'moved-channel': '换了渠道',
  other: '其他',
}

const snoozeReasons: Record<SnoozeReason, string> = {
  busy: '客户在忙',
  'awaiting-answer': '等客户答复',
  'awaiting-us': '等我们内部',
  'too-early': '没到时候',
  other: '其他',
}

const outcome = {
  buttons: { won: '挽回', lost: '流失' },
  claimed: '记为你挽回的；客户再下单才算证实。',
  askReason: (name: string): string => `${name} 为什么流失？`,
  countsFrom: (day: string): string => `从 ${day}起算流失`,
  lost: (name: string, reason: string): string => `${name} · 已登记流失（${reason}）`,
  lostBefore: (name: string): string => `${name} 已经登记过流失`,
  caseClosed: '风险单已关闭，不再提醒。',
  winBack: (day: string): string => `${day}提醒你试着挽回`,
  badDay: '流失日期要在今天或过去一年内。例：流失登记 客户 价格 11/20',
  askSnoozeReason: '为什么稍后？点一下，主管就不用问了（可不选）。',
  snoozeReason: (reason: string): string => `原因：${reason}`,
}

/** 跟进率 and 响应时间. */
const rate = {
  label: '按时跟进率',
  title: (period: string, team: string): string =>
    team === '' ? `跟进率 · ${period}` : `跟进率 · ${period} · ${team}`,
  summary: (period: string, value: string, inTime: number, judged: number): string =>
    `${period} 按时跟进率 ${value}（${inTime}/${judged}）。`,
  share: '按时 / 应跟进',
  response: '响应时间',
  times: (median: string, p90: string): string => `中位 ${median}，P90 ${p90}（工作时间）`,
  minutes: (n: number): string => `${n} 分钟`,
  hours: (n: string): string => `${n} 小时`,
  besides: (pending: number, falseAlarms: number, recovered: number): string =>
    `另有未到时限 ${pending} 家；误报 ${falseAlarms} 家、自行恢复 ${recovered} 家不计`,
  definition: (workdays: number, workHours: number): string =>
    `口径：期内风险单中，时限内有结果的跟进 ÷ 应跟进；日报 ${workdays} 个工作日，新动态 ${workHours} 工作小时；误报、到时限前自行恢复的不计`,
  /** The lines of the weekly card. */
  weekly: {
    rate: '上周跟进率',
    response: '上周响应',
    value: (inTime: number, judged: number, rate: string): string => `${inTime} / ${judged}，${rate}`,
    answered: (times: string, n: number): string => `${times} · ${n} 家`,
    tooFew: '样本不足',
  },
  showLate: (n: number): string => `看未按时的 ${n} 家`,
  lateTitle: (period: string, n: number): string =>
    n === 0 ? `${period} 没有未按时跟进的` : `${period} 未按时跟进 ${n} 家`,
  lateLine: (name: string, due: string, answered: string | null): string =>
    answered === null ? `${name}：应在 ${due} 前，还没跟进` : `${name}：应在 ${due} 前，${answered} 才跟进`,
}

/** The customer is at risk again: how its last case ended. */
const relapse: Partial<Record<CaseState, (day: string) => string>> = {
  won: (day) => `${day} 挽回后又变差`,
  lost: (day) => `${day} 流失后又出现`,
  'false-alarm': (day) => `${day} 报过误报`,
  expired: (day) => `${day} 关单后又变差`,
}

/** 清理: old cases closed at once. */
const cleanUp = {
  title: (n: number, days: number): string => `${n} 张风险单超过 ${days} 天没关`,
  group: (reason: string, n: number, names: string): string => `${reason} ${n} 家：${names}`,
  other: '其他',
  note: '关掉后不再提醒；客户再变差会开新单，十分钟内可撤销',
  button: (n: number): string => `一键清理 ${n} 张`,
  none: (days: number): string => `没有超过 ${days} 天的旧风险单。`,
  nothingLeft: '这些风险单已经处理过了。',
  done: (n: number): string => `已清理 ${n} 张旧风险单。`,
  undone: (n: number): string => `已撤销：${n} 张风险单回来了。`,
}

/** 跟进时限, 挽回, 流失登记, 跟进率, 清理. */
export const sla = { cleanUp, relapse, late, rate, outcome, lostReasons, snoozeReasons }
