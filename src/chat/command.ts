import type { z } from 'zod'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Chat, InboundEvent, UpdateToken } from '../model/chat.ts'
import type { Day } from '../model/day.ts'
import type { Member, Role } from '../model/member.ts'
import type { Dialog } from '../store/dialogs.ts'
import type { Text } from '../text/index.ts'

/** One person asking one thing. Rights were checked before `run` sees it. */
export interface Call<A> {
  readonly actor: Member
  /** What the actor may see with names. In a group commands show totals and masked names whatever this says. */
  readonly scope: Scope
  readonly where: Chat
  readonly args: A
  readonly event: InboundEvent
  /** Unique per inbound event: writes keyed by it happen once. */
  readonly inboundKey: string
  readonly today: Day
  readonly text: Text
}

export interface Reply {
  /** New messages into the chat the call came from. */
  readonly cards: readonly Card[]
  /** For a button: what the pressed card shall look like now. Sent as a new card when it cannot be changed. */
  readonly update?: Card
  /** Cards sent earlier that show something this call changed. */
  readonly refresh?: readonly { readonly token: UpdateToken; readonly card: Card }[]
  /** A question the cards ask; stored with them, it replaces the open one of this person in this chat. */
  readonly ask?: Dialog
}

/**
 * A command is one declaration: it feeds dispatch, rights, argument parsing, help and suggestions. Buttons run
 * commands too: a card action's name is the command's `name` and its payload is parsed by `args`.
 */
export interface Command<A> {
  /** Stable English id: `/why`, action name. */
  readonly name: string
  /** Chinese words first, as typed: `为什么`. */
  readonly aliases: readonly string[]
  readonly where: 'dm' | 'group' | 'both'
  readonly role: Role
  /** Only buttons run it; not listed in help. The others have their words in `text.commands.help[name]`. */
  readonly hidden?: boolean
  /** It changes something: it then runs inside the transaction that also stores its reply. */
  readonly writes: boolean
  readonly args: z.ZodType<A>
  /** The words after the command's name as the raw input of `args`; `word` is the name as typed, folded. */
  fromText(rest: string, word: string): unknown
  run(ctx: Ctx, call: Call<A>): Promise<Reply>
  /**
   * Asks another machine before the transaction of `run`, which gets what this returns. It does not throw. Others are
   * answered meanwhile.
   */
  prepare?(ctx: Ctx, call: Call<A>): Promise<Call<A>>
}

/** Keeps the type of `args` and `run` together; the list of commands forgets it. */
export function defineCommand<A>(command: Command<A>): AnyCommand {
  return command as AnyCommand
}

// biome-ignore lint/suspicious/noExplicitAny: the list holds commands of every argument type; `args` guards each call.
export type AnyCommand = Command<any>
