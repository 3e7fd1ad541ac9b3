import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { CustomerChange, TransferFailure } from '../../src/model/address-book.ts'
import type { Chart } from '../../src/model/card.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import type { FaultKind } from './codes.ts'

/** What an administrator must do about the long connection: credentials, or another program that uses the robot. */
export type ConnectionTrouble = 'refused' | 'replaced'

/** Words of the adapter's own; everything else on a card comes with the card. */
export interface WecomWords {
  /** The small line above every card: who speaks. */
  readonly source: string
  /** Heading of the menu that holds the buttons for which there is no room. */
  readonly more: string
  /** Heading of the list that chooses the item a button is for. */
  readonly choose: string
  /** The grey button of a card on which nothing is left to press. */
  readonly done: string
  /** A member without an API licence (接口许可): WeCom delivers nothing, and gives no error code. */
  readonly unlicensed: string
  /** A robot that no setting knows. */
  readonly noRobot: string
  /** The smart robot can only answer. */
  readonly mustAsk: string
  /** Everything the app may send on one day has been sent. */
  readonly dayFull: string
  /** The smart robot writes only to chats that have written to it. */
  readonly mustWrite: string
  /** Why the long connection of the smart robot is not open, as an administrator reads it. */
  readonly connection: Readonly<Record<ConnectionTrouble, string>>
  /** What an administrator must do about an error, by code, else by kind. */
  readonly codes: Readonly<Record<number, string>>
  readonly kinds: Readonly<Record<FaultKind, string>>
}

/** One self-built app (自建应用) of one company. */
export interface WecomAppSettings {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly token: string
  readonly aesKey: string
  /** Where the platform's API is; checked against the list of allowed hosts by the settings. */
  readonly baseUrl: string
  /** Where Liuke's own pages are; null: nowhere. */
  readonly publicUrl: string | null
  /** Where a card without a page of its own leads to when it is tapped; null: without buttons it is sent as text. */
  readonly pageUrl: string | null
  /** Plain text in place of cards and Markdown, for members who read in WeChat. */
  readonly plainText: boolean
  /** How many accounts the company may have: the messages of a day depend on it. Null: not known. */
  readonly accounts: number | null
}

/** What the app channel needs from the house; it knows no database and no catalogue itself. */
export interface WecomAppPorts {
  readonly settings: WecomAppSettings
  readonly words: WecomWords
  readonly log: Log
  readonly clock: Clock
  readonly shared: SwappableValues
  /** A customer and a member found or left each other in WeChat, or a handover failed; resolves once that is stored. */
  readonly customerChanged: (change: CustomerChange | TransferFailure) => Promise<void>
  /** Draws a card's chart as PNG; null where pictures are not drawn. */
  readonly drawChart: ((chart: Chart) => Promise<Buffer>) | null
}

/** One group robot (群机器人) of one group. */
export interface WecomRobot {
  /** Its name here, and the id in `group:<name>`. */
  readonly name: string
  /** The secret part of its webhook address. */
  readonly key: string
  /** Members whom every message of it mentions, or `@all`. */
  readonly mention: readonly string[]
  /** Text in place of Markdown, for members who read in WeChat. */
  readonly plainText: boolean
}

export interface WecomWebhookPorts {
  readonly baseUrl: string
  readonly robots: readonly WecomRobot[]
  readonly words: WecomWords
  readonly log: Log
  readonly clock: Clock
  readonly shared: SwappableValues
  readonly drawChart: ((chart: Chart) => Promise<Buffer>) | null
}

/** How WeCom reaches the robot. */
export type AibotMode =
  | { readonly kind: 'callback'; readonly token: string; readonly aesKey: string }
  | {
      readonly kind: 'connection'
      readonly botId: string
      readonly secret: string
      readonly socketUrl: string
    }

/** Something that only one process may hold. */
export interface LeasePort {
  /** Takes or prolongs it; false while another process holds it. */
  take(ms: number): Promise<boolean>
  release(): Promise<void>
}

/** The smart robot (智能机器人) of one company. */
export interface WecomAibotPorts {
  readonly settings: {
    /** As it is mentioned in groups. */
    readonly name: string
    readonly baseUrl: string
    readonly mode: AibotMode
  }
  readonly words: WecomWords
  readonly log: Log
  readonly clock: Clock
  readonly shared: SwappableValues
  /** Of the long connection: WeCom allows one for a robot, whatever the number of processes. */
  readonly lease: LeasePort
  /** The account behind an id that may be encrypted; an id that nobody can resolve stays as it is. */
  readonly userOf: (id: string) => Promise<string>
}
