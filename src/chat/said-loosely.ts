import { scopeOf } from '../access.ts'
import { lineCard } from '../cards/error.ts'
import { pickCard } from '../cards/pick.ts'
import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { customersNamed } from '../store/customers.ts'
import { dutyOn } from '../store/duty.ts'
import type { Text } from '../text/index.ts'
import type { Reply } from './command.ts'
import { customersIn } from './free-report.ts'
import { handedOn, isManners, isRegret, isTooMuch, looseMeaning } from './loose-words.ts'
import { firstToken, spellings } from './names.ts'
import { colleaguesNamed } from './which-member.ts'

/** What was meant: a command with the words it would be typed with, one with its args, or an answer. */
export type Meant =
  | { readonly command: string; readonly rest: string }
  | { readonly command: string; readonly args: Readonly<Record<string, number>> }
  | { readonly reply: Reply }

interface Asked {
  readonly actor: Member
  readonly event: Extract<InboundEvent, { kind: 'text' }>
  readonly text: Text
}

const MAX_OPTIONS = 5
/** What is wanted of the customer that is named; else all of it. */
const WANTED: readonly (readonly [RegExp, string])[] = [
  [/为什么|为啥|怎么回事|怎么会|什么原因|\bwhy\b/i, 'why'],
  [/怎么(?:跟|办|谈|救|挽|做)|打法|\bplay\b/i, 'play'],
  [/写.{0,6}(?:消息|话|微信|短信)|草稿|话术|\bdraft\b/i, 'draft'],
  [/准备|见面前|拜访前|\bprepare\b/i, 'brief'],
  [/分层|RFM|[几哪]类|\btier\b/i, 'tier'],
]

/** What sounds like a report and is none: 把泰邦转给小王, 不要再推这个客户了. It moves nothing by itself. */
export async function meantFirst(ctx: Ctx, asked: Asked): Promise<Meant | null> {
  const { event, text } = asked
  if (event.where.kind !== 'dm') return null
  return isTooMuch(event.text) ? answer(fewerCard(text)) : handOnOf(ctx, asked)
}

/** Where a customer in scope and a colleague are named. */
async function handOnOf(ctx: Ctx, { actor, event }: Asked): Promise<Meant | null> {
  const said = handedOn(event.text)
  if (!said) return null
  const among = [...(await dutyOn(ctx)).colleagues.values()].filter((one) => one.active)
  if (colleaguesNamed(firstToken(said.rest), among).length === 0) return null
  const [named] = await customersNamed(ctx, scopeOf(actor), spellings(said.customer))
  if (!named && (await customersIn(ctx, actor, said.customer)).length === 0) return null
  return { command: 'transfer', rest: `${said.customer} ${said.rest}` }
}

/** What a line that is neither a command nor a report most likely means; null when nothing does. */
export async function saidLoosely(ctx: Ctx, asked: Asked): Promise<Meant | null> {
  const { actor, event, text } = asked
  if (isManners(event.text)) return answer(lineCard(text.chat.welcome, text, ['mine']))
  if (isRegret(event.text)) return answer(regretCard(text))
  const meaning = looseMeaning(event.text)
  if (meaning) return meaning
  if (event.where.kind !== 'dm') return null
  const named = await customersIn(ctx, actor, event.text)
  const [only, ...others] = named
  if (!only) return null
  const command = WANTED.find(([pattern]) => pattern.test(event.text))?.[1] ?? 'customer'
  if (others.length === 0) return { command, args: { customer: only.id } }
  const dialog = `${event.who.platform}:${event.id}`
  const options = named
    .slice(0, MAX_OPTIONS)
    .map(({ id, name }) => ({ id, name, region: null, industry: null }))
  const guess = pickCard({ name: event.text, dialog, options, total: named.length, sure: false }, text)
  const card = { ...guess, title: text.cards.pick.titleGuess }
  const ask = {
    id: dialog,
    kind: 'pick' as const,
    command,
    args: {},
    options: options.map(({ id }) => id),
    byName: true,
  }
  return { reply: { cards: [card], ask } }
}

function answer(card: Reply['cards'][number]): Meant {
  return { reply: { cards: [card] } }
}

function regretCard(text: Text) {
  const actions = [
    { action: 'undo', label: text.cards.buttons.undo, payload: {} },
    { action: 'amend', label: text.followUp.amend, payload: {} },
  ]
  return { ...lineCard(text.chat.regret, text), actions }
}

function fewerCard(text: Text) {
  const actions = [
    { action: 'mine', label: text.cards.buttons.mine, payload: {} },
    { action: 'preferences', label: text.commands.help.preferences?.word ?? '', payload: {} },
  ]
  return { ...lineCard(text.chat.fewer, text), actions }
}
