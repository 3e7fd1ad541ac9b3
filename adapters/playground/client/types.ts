import type { PlaygroundPerson, Suggestion } from '../../../src/model/playground.ts'
import type { Picture, ShownCard, ShownMessage } from '../charts.ts'

/** Shapes of the page's state and of what the server answers. Types only: browsers never load this file. */

export type Locale = 'zh-CN' | 'en'
export type Message = ShownMessage
export type { Picture, ShownCard }
export type Person = PlaygroundPerson
export type { Suggestion }

export interface Chat {
  readonly key: string
  readonly kind: 'dm' | 'group'
  readonly id: string
  readonly title: string | null
  readonly members: readonly string[]
  readonly messages: readonly Message[]
  /** Older messages are left on the server. */
  readonly more: boolean
}

export interface ClockState {
  readonly now: number
  readonly advancing: boolean
}

export interface Session {
  readonly people: readonly Person[]
  readonly clock: ClockState
  readonly canAdvance: boolean
  readonly zone: string
  readonly locale: Locale
}

/** A line on its way to the server. */
/** A card that is being replied to. */
export interface Quote {
  readonly chat: string
  readonly message: number
  readonly title: string
}

export interface Outgoing {
  readonly id: string
  readonly person: string
  readonly chat: string
  readonly text: string
  readonly at: number
  readonly failed: boolean
  /** The card it replies to. */
  readonly quote: Quote | null
}

export interface State {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly people: readonly Person[]
  readonly zone: string
  readonly canAdvance: boolean
  readonly clock: ClockState & { readonly takenAt: number }
  readonly person: string
  /** The chat named in the address; null shows the list on a phone and the direct chat elsewhere. */
  readonly open: string | null
  readonly chats: readonly Chat[]
  readonly revision: number
  readonly outgoing: readonly Outgoing[]
  /** Chats in which Liuke owes an answer: chat → the event of the newest line. */
  readonly waiting: Readonly<Record<string, string>>
  /** Buttons on their way: `buttonKey` → chat. */
  readonly busy: Readonly<Record<string, string>>
  /** The card whose button was pressed last, as it was then. */
  readonly pressed: Message | null
  /** The card the next line replies to. */
  readonly quote: Quote | null
  /** Last message read, by chat. */
  readonly read: Readonly<Record<string, number>>
  readonly suggestions: Readonly<Record<'dm' | 'group', readonly Suggestion[]>>
  readonly online: boolean
  readonly phone: boolean
  readonly locale: Locale
  readonly theme: 'auto' | 'light' | 'dark'
  /** A sentence shown for a moment, such as what went wrong. */
  readonly notice: string | null
  /** Read aloud, not shown: a card that changed in place. */
  readonly spoken: string
}

/** One line of the conversation as it is drawn. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly head: boolean }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: Outgoing; readonly head: boolean }
