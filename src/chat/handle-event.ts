import { allowed, type Scope, scopeOf } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { lineCard } from '../cards/error.ts'
import { usageCard } from '../cards/help.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { teamOfChat } from '../store/chats.ts'
import { customerById, customersLike, customersNamed } from '../store/customers.ts'
import { closeDialog, type Dialog } from '../store/dialogs.ts'
import { type Text, textFor } from '../text/index.ts'
import type { AnyCommand, Call } from './command.ts'
import { freeReport, namesAnother, readReport } from './free-report.ts'
import type { Known } from './known.ts'
import type { Candidate } from './likely-customers.ts'
import { firstToken, spellings } from './names.ts'
import { createParser, type Parse, type Parsed } from './parse.ts'
import { isSentence, runsIntoSentence } from './runs-into-sentence.ts'
import { type Meant, meantFirst, saidLoosely } from './said-loosely.ts'
import { fits, suggestionOf } from './suggestion.ts'
import { aboutWaitingNote } from './waiting-note.ts'
import { joined, say, strangerReply, type Work } from './work.ts'

const FOLLOW_UP = 'follow-up'

/** The commands with their indexes, made once. */
export interface Commands {
  readonly byName: ReadonlyMap<string, AnyCommand>
  readonly list: readonly AnyCommand[]
  readonly parse: Parse
}

export function indexCommands(list: readonly AnyCommand[]): Commands {
  return { list, byName: new Map(list.map((one) => [one.name, one])), parse: createParser(list) }
}

/**
 * who → allowed → parse → work. Nothing is changed here; the inbox runs the work.
 * @throws AppError with a sentence for the person, for what is not allowed or not understood.
 */
export async function workFor(
  ctx: Ctx,
  commands: Commands,
  event: InboundEvent,
  { actor, dialog }: Known,
): Promise<Work> {
  const text = textFor(ctx.settings.locale)
  if (event.kind === 'joined') return joined(event, actor, text)
  if (!actor) return say('stranger', strangerReply(event, text))
  if (!actor.active) throw new AppError('not-allowed', 'the member is inactive', { say: text.chat.inactive })
  const asked = { actor, dialog, event, text }
  if (event.kind === 'action') return actionWork(commands, { ...asked, event })
  return textWork(ctx, commands, { ...asked, event })
}

interface Asked<E extends InboundEvent = InboundEvent> {
  readonly actor: Member
  /** The question that is open to this person here. */
  readonly dialog: Dialog | null
  readonly event: E
  readonly text: Text
}

async function textWork(ctx: Ctx, commands: Commands, asked: TextAsked): Promise<Work> {
  const { dialog, event, text } = asked
  const parsed = meantFor(commands.parse(event.text), asked)
  if (parsed.kind === 'too-long') throw new AppError('bad-input', 'text too long', { say: text.chat.tooLong })
  const answer = dialog && answerTo(dialog, event.text)
  if (parsed.kind === 'command' && !(answer && (await isSentence(ctx, asked, parsed)))) {
    const report = (await runsIntoSentence(ctx, asked, parsed)) && (await reportWork(ctx, commands, asked))
    if (report) return report
    const unnamed = await unnamedWork(ctx, commands, asked, parsed)
    if (unnamed) return unnamed
    const waiting = aboutWaitingNote(parsed.command.name, asked)
    if (waiting) return waiting
    checkRights(parsed.command, asked)
    return commandWork(parsed.command, asked, parsed.command.fromText(parsed.rest, parsed.word))
  }
  const said =
    (await namedWork(ctx, commands, asked, parsed, dialog)) ??
    (dialog && answer && (await answerWork(ctx, commands, asked, dialog, answer))) ??
    looseWork(commands, asked, await meantFirst(ctx, asked)) ??
    (isNearCommand(parsed) ? null : await reportWork(ctx, commands, asked)) ??
    (isNearCommand(parsed) ? null : looseWork(commands, asked, await saidLoosely(ctx, asked)))
  if (said) return said
  if (parsed.kind === 'suggestion' && mayRun(parsed.command, asked) && fits(parsed)) {
    return say('suggestion', { cards: [suggestionOf(parsed, text)] })
  }
  return say('unknown', { cards: [lineCard(text.chat.unknown[event.where.kind], text, ['help'])] })
}

/** 信号不好，改天再打 is no command of those who may not run 信号, nor 我的客户有哪些 one that takes no words: a sentence. */
function meantFor(parsed: Parsed, asked: TextAsked): Parsed {
  if (parsed.kind !== 'command' || parsed.apart || (mayRun(parsed.command, asked) && fits(parsed)))
    return parsed
  return { kind: 'unknown', text: asked.event.text }
}

/** 跟进 没接: the command with a report and no name is the report alone. */
async function unnamedWork(
  ctx: Ctx,
  commands: Commands,
  asked: TextAsked,
  { command, rest }: Extract<Parsed, { kind: 'command' | 'suggestion' }>,
): Promise<Work | null> {
  if (command.name !== FOLLOW_UP || readReport(ctx, rest) !== 'sure') return null
  const near = await customersLike(ctx, scopeOf(asked.actor), firstToken(rest))
  if (near.length > 0 || !(await isSentence(ctx, asked, { apart: false, rest }))) return null
  return reportWork(ctx, commands, { ...asked, event: { ...asked.event, text: rest } })
}

/** What was meant is shown; what would change something is offered on a button, or asks first by itself (转交). */
function looseWork(commands: Commands, asked: TextAsked, meant: Meant | null): Work | null {
  if (!meant) return null
  if ('reply' in meant) return say('loosely', meant.reply)
  const command = commands.byName.get(meant.command)
  if (!command || !mayRun(command, asked)) return null
  if ('args' in meant) return commandWork(command, asked, meant.args)
  const { rest } = meant
  if (command.name !== 'leave') return commandWork(command, asked, command.fromText(rest, ''))
  return say('suggestion', {
    cards: [suggestionOf({ kind: 'suggestion', command, rest, word: '', apart: true }, asked.text)],
  })
}

/** A near miss of 跟进 is offered as such: its name stands first. */
function isNearCommand(parsed: Parsed): boolean {
  return parsed.kind === 'suggestion' && parsed.command.name === FOLLOW_UP
}

/** A customer's full name alone answers a question that takes one, and else shows the customer. */
async function namedWork(
  ctx: Ctx,
  commands: Commands,
  asked: TextAsked,
  parsed: Parsed,
  dialog: Dialog | null,
): Promise<Work | null> {
  if (parsed.kind !== 'unknown' || (dialog?.kind === 'pick' && answerTo(dialog, parsed.text))) return null
  const customer = await bareName(ctx, asked, parsed.text)
  if (customer === null) return null
  if (dialog?.byName) return dialogWork(commands, asked, dialog, { customer })
  const command = commands.byName.get('customer')
  return command && mayRun(command, asked) ? commandWork(command, asked, { customer }) : null
}

async function answerWork(
  ctx: Ctx,
  commands: Commands,
  asked: TextAsked,
  dialog: Dialog,
  answer: Answer,
): Promise<Work> {
  return (await reportOfAnother(ctx, commands, asked, dialog)) ?? dialogWork(commands, asked, dialog, answer)
}

function actionWork(commands: Commands, asked: Asked<Extract<InboundEvent, { kind: 'action' }>>): Work {
  const { dialog, event, text } = asked
  if (event.action === 'choose') {
    const chosen = Number(event.payload.customer)
    if (!dialog || dialog.id !== event.payload.dialog || !dialog.options.includes(chosen)) {
      throw new AppError('conflict', 'the question is closed', { say: text.chat.questionClosed })
    }
    return dialogWork(commands, asked, dialog, { customer: chosen })
  }
  const command = commands.byName.get(event.action)
  if (!command) throw new AppError('bad-input', 'unknown action', { say: text.chat.buttonGone })
  checkRights(command, asked)
  return commandWork(command, asked, event.payload)
}

type TextAsked = Asked<Extract<InboundEvent, { kind: 'text' }>>

/** The line as a follow-up of a certain customer, or the question which one; null when it reports nothing. */
async function reportWork(
  ctx: Ctx,
  commands: Commands,
  asked: TextAsked,
  waiting: Candidate | null = null,
): Promise<Work | null> {
  const command = commands.byName.get(FOLLOW_UP)
  if (!command || !mayRun(command, asked)) return null
  const report = await freeReport(ctx, { ...asked, asked: waiting })
  if (!report) return null
  return 'reply' in report ? say('which-customer', report.reply) : commandWork(command, asked, report)
}

/** While a result of one customer is waited for, a line that names or quotes another one is not its answer. */
async function reportOfAnother(
  ctx: Ctx,
  commands: Commands,
  asked: TextAsked,
  { kind, command, args }: Dialog,
): Promise<Work | null> {
  if (kind !== 'line' || command !== FOLLOW_UP || typeof args.customer !== 'number') return null
  if (!(await namesAnother(ctx, asked, args.customer))) return null
  return reportWork(ctx, commands, asked, await customerById(ctx, scopeOf(asked.actor), args.customer))
}

/** The customer whose full name the text is, and nothing else. */
async function bareName(ctx: Ctx, asked: Asked, name: string): Promise<number | null> {
  if (name === '') return null
  const [only, ...others] = await customersNamed(ctx, scopeOf(asked.actor), spellings(name))
  return only && others.length === 0 ? only.id : null
}

type Answer = Readonly<Record<string, string | number>>

/** A number picks a button; a line of text answers a question for one. Null: it is no answer. */
function answerTo(dialog: Dialog, typed: string): Answer | null {
  if (dialog.kind === 'line') return { words: typed.trim() }
  const [number] = /^\d{1,2}$/.exec(typed.normalize('NFKC').trim()) ?? []
  const customer = number === undefined ? undefined : dialog.options[Number(number) - 1]
  return customer === undefined ? null : { customer }
}

/** The asked command goes on with its words and the answer; its question is closed with its work. */
function dialogWork(commands: Commands, asked: Asked, dialog: Dialog, answer: Answer): Work {
  const command = commands.byName.get(dialog.command)
  if (!command)
    throw new AppError('conflict', 'the question is closed', { say: asked.text.chat.questionClosed })
  checkRights(command, asked)
  return closing(asked.event, commandWork(command, asked, { ...dialog.args, ...answer }))
}

/** The work, and with it the end of the open question. */
function closing(event: InboundEvent, work: Work): Work {
  const { prepare } = work
  return {
    ...work,
    writes: true,
    async run(ctx) {
      await closeDialog(ctx, event)
      return work.run(ctx)
    },
    ...(prepare && { prepare: async (ctx) => closing(event, await prepare(ctx)) }),
  }
}

/** Deny by default: the place first, then the role, before any argument is looked at. */
function checkRights(command: AnyCommand, { actor, event, text }: Asked): void {
  if (command.where !== 'both' && command.where !== event.where.kind) {
    throw new AppError('not-allowed', 'not in this kind of chat', { say: text.chat.elsewhere[command.where] })
  }
  if (!allowed(actor, command.role)) {
    throw new AppError('not-allowed', 'the role is too low', {
      say: text.chat.needsRole(text.common.roles[command.role]),
    })
  }
}

function mayRun(command: AnyCommand, { actor, event }: Asked): boolean {
  return allowed(actor, command.role) && (command.where === 'both' || command.where === event.where.kind)
}

function commandWork(command: AnyCommand, { actor, event, text }: Asked, raw: unknown): Work {
  const args = command.args.safeParse(raw)
  if (!args.success) return say('usage', { cards: [usageCard(command, text)] })
  const callIn = async (ctx: Ctx): Promise<Call<unknown>> => ({
    actor,
    scope: await scopeHere(ctx, actor, event),
    where: event.where,
    args: args.data,
    event,
    inboundKey: `${event.who.platform}:${event.id}`,
    today: calendarFor(ctx.settings).dayOf(ctx.clock.now()),
    text,
  })
  const work = (callOf: typeof callIn): Work => ({
    name: command.name,
    writes: command.writes,
    run: async (ctx) => command.run(ctx, await callOf(ctx)),
  })
  const prepare = async (ctx: Ctx): Promise<Work> => {
    const call = await callIn(ctx)
    const ready = (await command.prepare?.(ctx, call)) ?? call
    return work(async () => ready)
  }
  return { ...work(callIn), ...(command.prepare && { prepare }) }
}

/** In a group everybody gets the totals of the group's team, whatever the own role; an unset group shows none. */
async function scopeHere(ctx: Ctx, actor: Member, event: InboundEvent): Promise<Scope> {
  if (event.where.kind === 'dm') return scopeOf(actor)
  const teamId = await teamOfChat(ctx, event.who.platform, event.where.id)
  return teamId === null ? { kind: 'none' } : { kind: 'team', teamId }
}
