import type { CardAction } from '../../../src/model/card.ts'
import type { Person } from './person.ts'
import { buttonsOf, type Shown } from './phones.ts'

/** What the others know of the day. */
export interface Moment {
  /** Days since the beginning. */
  readonly n: number
  /** Minutes after midnight. */
  readonly minute: number
  readonly workday: boolean
  readonly now: number
  /** Short names of the person's customers. */
  readonly customers: readonly string[]
}

/** Lives through a moment of a day. */
export type Persona = (me: Person, now: Moment) => Promise<void>

const DAY_MS = 86_400_000
const MORNING = 10 * 60
const AFTERNOON = 15 * 60
const NIGHT = 21 * 60

const RESULTS = [
  '电话打通了，有意向，下周三再约',
  '聊过了，对价格不满，3天后再联系',
  '没接电话，明天再打',
  '已下单',
  '上门拜访，客户说再考虑考虑，下周一回复',
  '投诉的事已解决，客户满意',
]

/** Digests and alerts that came in the last `days`, with the button. */
function withButton(me: Person, label: string, { now }: Moment, [from, to]: [number, number]): Shown[] {
  return me
    .phone()
    .filter(({ at }) => now - at >= from * DAY_MS && now - at <= to * DAY_MS)
    .filter(({ card }) => buttonsOf(card).some((one) => one.label.startsWith(label)))
}

function actionsOf(shown: Shown, label: string, old = false): CardAction[] {
  return buttonsOf(old ? shown.first : shown.card).filter((one) => one.label.startsWith(label))
}

/** Answers every customer of the morning, with the line that makes it count. */
export const diligent: Persona = async (me, now) => {
  if (!now.workday || now.minute !== MORNING) return
  for (const shown of withButton(me, '已联系', now, [0, 1])) {
    for (const action of actionsOf(shown, '已联系')) {
      if (me.random() < 0.3) await me.taps(shown, '为什么')
      await me.presses(shown, action)
      if (me.random() < 0.8) await me.says(me.pick(RESULTS) ?? '')
    }
  }
}

/** Reads what came two to five days ago. */
export const late: Persona = async (me, now) => {
  if (!now.workday || now.minute !== AFTERNOON) return
  for (const shown of withButton(me, '已联系', now, [2, 5]).slice(0, 3)) {
    const [action] = actionsOf(shown, '已联系', true)
    if (action) await me.presses(shown, action)
    if (me.random() < 0.5) await me.says(me.pick(RESULTS) ?? '')
  }
}

/** Looks at the list now and then and does nothing. */
export const forgetful: Persona = async (me, now) => {
  if (now.workday && now.minute === MORNING && me.random() < 0.15) await me.says('我的')
}

/** Presses the wrong thing and takes it back, presses twice, presses what has changed long ago. */
export const clumsy: Persona = async (me, now) => {
  if (!now.workday || now.minute !== MORNING) return
  const [shown] = withButton(me, '已联系', now, [0, 3])
  const any = shown && me.pick(buttonsOf(shown.card))
  if (shown && any) {
    await me.presses(shown, any)
    await me.presses(shown, any)
    await me.says('撤销')
    if (me.random() < 0.3) await me.says('撤销')
  }
  const [action] = shown ? actionsOf(shown, '已联系', true) : []
  if (shown && action) await me.presses(shown, action)
  const stale = me.pick(me.phone().filter(({ card }) => buttonsOf(card).length > 0))
  const forgotten = stale && me.pick(buttonsOf(stale.first))
  if (stale && forgotten && me.random() < 0.5) await me.presses(stale, forgotten)
}

/** Puts everything off. */
export const postponer: Persona = async (me, now) => {
  if (!now.workday || now.minute !== MORNING) return
  for (const shown of withButton(me, '稍后', now, [0, 1]).slice(0, 2)) {
    for (const action of actionsOf(shown, '稍后')) {
      const [asked] = await me.presses(shown, action)
      const day = asked && me.pick(buttonsOf(asked.card))
      if (asked && day) await me.presses(asked, day)
    }
  }
}

/** Writes as people write: typos, short names, chatter, at night too. */
export const talker: Persona = async (me, now) => {
  if (!now.workday ? me.random() > 0.1 : now.minute === NIGHT && me.random() > 0.2) return
  const name = me.pick(now.customers) ?? ''
  const lines = [
    `跟进 ${name} ${me.pick(RESULTS)}`,
    `跟近 ${name} 有意向`,
    `联系了${name}，对价格不满，下周三再约`,
    `${name}没接电话，明天再打`,
    `${name.slice(0, 2)} 说要换供应商，价格太高`,
    `客户${name}`,
    `为什么 ${swapped(name)}`,
    `跟进 ${swapped(name)} 已下单`,
    '在吗？',
    '今天好冷啊',
    '。。。',
    '2',
    `订了3万，${name}`,
    '改 价格 下周五',
    `流失登记 ${name} 价格`,
    `挽回 ${name}`,
    `打法 ${name}`,
  ]
  const answers = await me.says(me.pick(lines) ?? '')
  const [asked] = answers
  const button = asked && me.random() < 0.5 ? me.pick(buttonsOf(asked.card)) : undefined
  if (asked && button) await me.presses(asked, button)
}

/** Goes on leave now and then, comes back early once, calls half of the warnings false. */
export const away: Persona = async (me, now) => {
  const { n, minute, workday } = now
  if (n % 17 === 3 && minute === MORNING) await me.says('请假 3天 转 梁晓燕')
  if (n % 17 === 9 && minute === NIGHT) await me.says('请假 到周五')
  if (n === 24 && minute === AFTERNOON) await me.says('请假 取消')
  if (!workday || minute !== AFTERNOON) return
  for (const shown of withButton(me, '误报', now, [0, 2]).slice(0, 1)) {
    const [action] = actionsOf(shown, '误报')
    const [asked] = action ? await me.presses(shown, action) : []
    const reason = asked && me.pick(buttonsOf(asked.card))
    if (asked && reason) await me.presses(asked, reason)
  }
}

/** Presses buttons on cards that are weeks old. */
export const archaeologist: Persona = async (me, now) => {
  if (!now.workday || now.minute !== AFTERNOON) return
  const old = me.pick(withButton(me, '', now, [7, 60]))
  const action = old && me.pick(buttonsOf(old.first))
  if (old && action) await me.presses(old, action)
  if (me.random() < 0.4) await me.says(`跟进 ${me.pick(now.customers)} ${me.pick(RESULTS)}`)
}

/** Gives customers away, to people who are there or not. */
export const passer: Persona = async (me, now) => {
  if (!now.workday || now.minute !== AFTERNOON || me.random() > 0.4) return
  const name = me.pick(now.customers) ?? ''
  const [asked] = await me.says(`转交 ${name} ${me.pick(['张鹏', '孙丽', '小张', '王磊'])} 客户要求换人`)
  const button = asked && me.pick(buttonsOf(asked.card))
  if (asked && button) await me.presses(asked, button)
  if (me.random() < 0.2) await me.says('撤销')
  const [received] = withButton(me, '已联系', now, [0, 2])
  await me.taps(received, '已联系')
}

/** A lead: decides about leavers, uses the team's card of late cases, asks for figures. */
export const lead: Persona = async (me, now) => {
  const { n, minute, workday } = now
  if (!workday || minute !== AFTERNOON) return
  const [left] = withButton(me, '按负荷分配', now, [1, 30])
  if (left && left.card === left.first) await me.taps(left, '按负荷分配')
  const [team] = withButton(me, '提醒', now, [0, 1])
  if (team) await me.taps(team, me.pick(['提醒', '转给', '关闭']) ?? '')
  const [own] = withButton(me, '已联系', now, [0, 1])
  await me.taps(own, '已联系')
  if (n % 10 === 2) await me.says('流失 本月')
  if (n % 14 === 5) await me.says('请假 刘洋 2天')
  if (n % 10 === 7) await me.says('名单 高')
}

export const admin: Persona = async (me, now) => {
  if (now.workday && now.minute === AFTERNOON && now.n % 9 === 4) await me.says('流失 上月')
}

function swapped(name: string): string {
  const [first = '', second = '', ...rest] = name
  return [second, first, ...rest].join('')
}

/** Who of the demo company is what. */
export const PERSONAS: Readonly<Record<string, Persona>> = {
  chenjing: diligent,
  wanglei: late,
  liuyang: forgetful,
  shenjiayi: clumsy,
  huangwei: postponer,
  liangxiaoyan: talker,
  wuhaoran: away,
  zhangpeng: archaeologist,
  sunli: diligent,
  gaoqiang: passer,
  fangmin: lead,
  luozhiqiang: lead,
  zhaoyun: lead,
  admin,
}
