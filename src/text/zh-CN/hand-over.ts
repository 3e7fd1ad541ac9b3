import type { Workload } from '../../model/hand-over.ts'

function span(from: string, last: string): string {
  return from === last ? from : `${from}– ${last}`
}

/** 请假: who is away and who stands in. */
const leave = {
  title: (name: string, from: string, last: string): string => `${name} 请假 ${span(from, last)}`,
  deputy: (name: string): string => `这段时间的提醒先给 ${name}。`,
  lead: (name: string): string => `这段时间的提醒先给主管 ${name}。要换人请发「请假 … 转 姓名」。`,
  nobody: '没有人代班，主管也不在：风险客户会报给管理员。请发「请假 … 转 姓名」。',
  back: (day: string, own: boolean): string =>
    own ? `${day}自动恢复，那天早上给你一张汇总。` : `${day}自动恢复。`,
  standIn: (name: string, from: string, last: string): string => `请代 ${name} 跟进：${span(from, last)}`,
  marked: (mark: string): string => `到期的提醒会发给你，标着「${mark}」；发「我的」看全部。`,
  over: (name: string): string => `${name} 的请假已结束，不用再代了。`,
  none: '现在没有人请假。',
  list: (n: number): string => `请假中或将请假：${n} 人`,
  noReceiver: '无人代班',
  cancelled: (name: string): string => `${name} 的请假已取消。`,
  undone: (name: string): string => `已撤销：${name} 的请假回到之前的样子。`,
  notAway: (name: string): string => `${name} 没有请假。`,
  welcome: (name: string, from: string, last: string): string => `${name}，你不在时：${span(from, last)}`,
  followedUp: (day: string, by: string, customer: string, outcome: string): string =>
    `${day} ${by} 跟进 ${customer}：${outcome}`,
  touched: '仅触达',
  moreFollowUps: (n: number): string => `另有 ${n} 次跟进`,
  opened: (n: number, names: string): string => `新增风险单 ${n} 张：${names}`,
  due: (n: number, names: string): string => `到期的约定 ${n} 个：${names}`,
  quiet: '你的客户这几天没有新动静。',
  onlyLead: '只有主管或管理员可以替别人请假。',
  ownTeam: '只能替自己团队的人请假。',
  badTime: '请假时间没看懂，或者太长（最多 180 天）。例：请假 3天 转 小李；请假 到周五。',
  self: '代班的人不能是请假的人自己。',
}

/** 转交: one case or customer to a colleague. */
const transfer = {
  things: { case: '只转风险单', customer: '客户也转' },
  explain: {
    case: '只转风险单：结案后回到原负责人。',
    customer: '客户也转：以后都由对方负责。',
  },
  ask: (customer: string, to: string): string => `${customer} 转交给 ${to}？`,
  whom: (customer: string): string => `${customer} 转交给谁？`,
  hint: (customer: string): string => `括号里是在跟的家数。也可发「转交 ${customer} 姓名 原因」`,
  nobody: '现在没有可以转交的同事。',
  reason: (words: string): string => `原因：${words}`,
  done: (customer: string, to: string): string => `已转交：${customer} → ${to}`,
  already: (customer: string, to: string): string => `${customer} 已经在 ${to} 那里了。`,
  told: {
    case: (to: string): string => `${to} 会收到消息。结案后客户回到原负责人。`,
    customer: (to: string): string => `${to} 会收到消息，以后由他负责。`,
  },
  taken: {
    case: (customer: string, to: string, by: string): string => `${by} 把 ${customer} 的风险单转给了 ${to}`,
    customer: (customer: string, to: string, by: string): string => `${by} 把客户 ${customer} 转给了 ${to}`,
  },
  received: (by: string, customer: string): string => `${by} 转给你：${customer}`,
  promised: (day: string): string => `约好 ${day}联系`,
  kept: { case: '只是这张风险单，结案后回到原负责人', customer: '客户以后由你负责' },
  noCase: '这个客户没有待跟进的风险单，只能连客户一起转。',
  notYours: '只有客户的负责人、主管或管理员可以转。',
  otherTeam: '只能转给同团队在职的同事；跨团队请找主管。',
  away: (name: string): string => `${name} 正在请假，请换一位。`,
  changed: '刚刚有人动过这个客户，请看最新状态再转。',
  undone: (n: number, name: string): string =>
    n === 1 ? `已撤销转交：${name}` : `已撤销：${n} 家客户回到之前的负责人。`,
  takenBack: (by: string, n: number, name: string): string =>
    n === 1 ? `${by} 收回了转给你的 ${name}` : `${by} 收回了交给你的 ${n} 家客户`,
  passed: '→ 已转交',
}

/** 交接: what somebody who left leaves behind. */
const leaver = {
  title: (name: string, n: number): string => `${name} 已离职：${n} 家客户交给谁？`,
  note: '定下之前，在跟的风险单先由你负责。也可发「交接 离职人 接手人」',
  allTo: (name: string, load: number): string => `都给 ${name}（${load}）`,
  spread: '按负荷分配',
  more: (n: number): string => `另有 ${n} 家在跟`,
  done: (name: string): string => `${name} 的客户已交接`,
  got: (name: string, n: number): string => `${name}：${n} 家`,
  platform: '企业微信里的客户好友要在管理后台另行「离职继承」',
  yours: (leaver: string, n: number): string => `${leaver} 的 ${n} 家客户交给你了`,
  first: '先兑现约定，再联系在跟的',
  share: (name: string, n: number): string => `${name} ${n}`,
  assigned: (n: number, who: string): string => `无主风险客户 ${n} 家已分配：${who}`,
  none: '没有待交接的离职同事。',
  notYours: '只有他的主管或管理员可以交接。',
  active: (name: string): string => `${name} 还在职。转单个客户用「转交」，短期不在用「请假」。`,
  decided: '他的客户已经交接过了。',
}

/** 转交, 请假, 交接: who stands in, who gets what. */
export const handOver = {
  leave,
  transfer,
  leaver,
  insteadOf: (name: string): string => `代 ${name}`,
  named: (customer: string, owner: string): string => `${customer}（${owner}）`,
  rerouted: (mark: string, words: string): string => `【${mark}】${words}`,
  nobodyThere: (name: string): string => `${name} 不在，也没有人代班`,
  noMember: (name: string): string => `没有找到同事「${name}」，请写全名。`,
  whomThen: (name: string): string => `没有找到同事「${name}」，是哪一位？`,
  whichMember: (name: string, n: number): string => `「${name}」有 ${n} 位，是哪一位？`,
  withLoad: (name: string, n: number): string => `${name}（${n}）`,
  load: ({ customers, cases, promises }: Workload): string =>
    `客户 ${customers} 家，在跟 ${cases} 家，约定 ${promises} 个。`,
}
