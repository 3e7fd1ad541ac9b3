import { type Day, partsOfDay } from '../../model/day.ts'

export const plays = {
  labels: { situation: '情况', because: '依据', contact: '联系人', promise: '上次约定' },
  title: (name: string, play: string): string => `${name} · ${play}`,
  summary: (name: string, play: string, now: string): string => `${name} 打法：${play}。${now}`,
  first: (step: string): string => `现在做：${step}`,
  said: (day: string, words: string): string => `${day}：“${words}”`,
  step: (rank: number, day: string, what: string): string => `${rank}. ${day} ${what}`,
  stepDone: (rank: number, what: string): string => `${rank}. ✓ ${what}`,
  stepLate: (rank: number, day: string, what: string): string => `${rank}. ${day}已过 ${what}`,
  stepNext: (rank: number, day: string, what: string): string => `${rank}. 下一步 ${day} ${what}`,
  dueStep: (rank: number, since: string, what: string): string =>
    `第 ${rank} 步${since === '' ? '' : `（${since} 到期）`}：${what}`,
  stepsDue: (n: number): string => `打法到期 ${n} 家`,
  stepsDueOf: (n: number, names: string): string => `打法今天到期 ${n} 家：${names}`,
  allDone: '各步都做完了。',
  ends: {
    order: '客户已下单',
    'told-order': '跟进里说已下单',
    refused: '客户已拒绝',
    lost: '客户已流失',
    solved: '投诉已解决',
  },
  ended: (day: string, why: string): string => `${day} ${why}，打法停止`,
  doneOf: (done: number, steps: number): string => `做了 ${done}/${steps} 步，剩下的不用做了`,
  ask: (question: string): string => `问：${question}`,
  stop: (when: string): string => `停：${when}`,
  /** A day in a message to a customer: 11月20日, with its year when that is another one. */
  sayDay: (day: Day, today: Day): string => {
    const { year, month, date } = partsOfDay(day)
    return `${year === partsOfDay(today).year ? '' : `${year}年`}${month}月${date}日`
  },
  betweenSentences: '',
  similar: {
    tooFew: (n: number): string => `同类已结 ${n} 家，样本不足`,
    line: (saved: number, of: number, how: readonly string[]): string =>
      `同类挽回 ${saved}/${of} 家${how.length === 0 ? '' : `：多是${how.join('，')}`}`,
    play: (title: string): string => `「${title}」`,
    days: (n: number): string => `约 ${n} 天下单`,
  },
  brief: {
    title: (name: string): string => `${name} · 联系前看一眼`,
    summary: (name: string, question: string): string => `${name}：开场先问「${question}」`,
    complaint: (day: string, words: string): string =>
      words === '' ? `${day} 投诉未关` : `${day} 投诉未关：“${words}”`,
    ticket: (day: string, words: string): string =>
      words === '' ? `${day} 工单未关` : `${day} 工单未关：“${words}”`,
    moreOpen: (n: number): string => `，另有 ${n} 条未关`,
    order: (day: string, money: string, days: number): string =>
      `${day} 最近一单${money === '' ? '' : ` ${money}`}，${days === 0 ? '就在今天' : `到今天 ${days} 天`}`,
    touch: (day: string, kind: string, words: string): string =>
      words === '' ? `${day} ${kind}` : `${day} ${kind}：“${words}”`,
    since: (day: string): string => `${day} 成为客户`,
    next: (day: string, overdue: boolean, words: string): string =>
      `${day} 再联系${overdue ? '（已过期）' : ''}${words === '' ? '' : `：“${words}”`}`,
    promised: (day: string, words: string): string =>
      words === '' ? `${day} 客户答应` : `${day} 客户答应：“${words}”`,
    nothing: '还没有往来记录，先问清需求。',
  },
  draft: {
    title: (name: string): string => `${name} · 消息草稿`,
    summary: (name: string): string => `${name} 的消息草稿，改好再自己发。`,
    slots: {
      contact: '联系人',
      rep: '你的名字',
      lastOrder: '最近一单',
      complaint: '投诉日期',
      promise: '约定日期',
      renewal: '到期日',
    },
    sources: (fields: string): string => `用到：${fields}`,
    note: '只是草稿，不会自动发给客户；改好再自己发。',
  },
}
