import type { Card } from './card.ts'
import type { Role } from './member.ts'

/** Words shared by the playground adapter and the store that keeps its messages. */

/** The name of the playground as a platform. */
export const PLAYGROUND = 'playground'

/** The sender of everything Liuke itself says. No person id starts with `@`. */
export const PLAYGROUND_BOT = '@liuke'

/** Somebody one can be in the playground. */
export interface PlaygroundPerson {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly team: string | null
}

export interface PlaygroundGroup {
  readonly id: string
  readonly title: string
  /** Ids of the people who see this group. */
  readonly members: readonly string[]
}

export type PlaygroundBody =
  /** `quote`: the title of the card it replies to. */
  | { readonly kind: 'text'; readonly text: string; readonly quote?: string }
  /** `answers`: the inbound event it replies to; absent on a push. */
  | { readonly kind: 'card'; readonly card: Card; readonly answers?: string }

export interface PlaygroundMessage {
  readonly id: number
  /** Grows with every new or changed message of the whole playground: what a live stream resumes from. */
  readonly revision: number
  /** `dm:<person>` or `group:<id>`. */
  readonly chat: string
  readonly sender: string
  readonly at: number
  /** `in:<person>:<id of the page>` for what people write, `out:<outbox id>` for Liuke's messages. */
  readonly key: string
  readonly body: PlaygroundBody
}

export interface NewPlaygroundMessage {
  readonly chat: string
  readonly sender: string
  readonly at: number
  /** A second message with the same key is not stored. */
  readonly key: string
  readonly body: PlaygroundBody
}

/** One line of the command suggestions. */
export interface Suggestion {
  /** What is put into the text box: `为什么 `. A trailing space means that words follow. */
  readonly text: string
  /** Other spellings that find it: aliases, the English name. */
  readonly aliases: readonly string[]
  /** One line of purpose. */
  readonly hint: string
  /** One whole message to try: `为什么 华联`. */
  readonly example: string
}

/** Where the playground keeps its messages, so that they outlive the process. */
export interface MessageHistory {
  /** Stores the message unless its key is known; either way returns the stored one. */
  add(message: NewPlaygroundMessage): Promise<PlaygroundMessage>
  /** Replaces the body of a message; null when there is none with that id. */
  replace(id: number, body: PlaygroundBody): Promise<PlaygroundMessage | null>
  find(id: number): Promise<PlaygroundMessage | null>
  /** The newest `limit` messages of a chat with an id below `before`, oldest first. */
  page(chat: string, before: number | null, limit: number): Promise<PlaygroundMessage[]>
  /** What was added or changed in these chats after `revision`, in that order. */
  changes(chats: readonly string[], revision: number, limit: number): Promise<PlaygroundMessage[]>
  /** The highest revision so far, 0 when there is none. */
  revision(): Promise<number>
}
