import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { Chart } from '../../src/model/card.ts'
import type {
  MessageHistory,
  PlaygroundGroup,
  PlaygroundPerson,
  Suggestion,
} from '../../src/model/playground.ts'

/** What the playground needs from the house; it knows no database and no command itself. */
export interface PlaygroundPorts {
  readonly log: Log
  readonly clock: Clock
  /** Business time zone: day separators and times are shown in it. */
  readonly zone: string
  /** Language of the page until the person chooses another. */
  readonly locale: 'zh-CN' | 'en'
  readonly history: MessageHistory
  /** Draws a card's chart as PNG. */
  drawChart(chart: Chart): Promise<Buffer>
  people(): Promise<PlaygroundPerson[]>
  groups(): Promise<PlaygroundGroup[]>
  /** Commands this person may use in such a chat, in help order. */
  commands(personId: string, chat: 'dm' | 'group'): Promise<Suggestion[]>
  /** Moves the demo clock to the next workday's start and lets everything due happen; null on a real clock. */
  readonly nextWorkday: (() => Promise<void>) | null
}
