import type { Day } from './day.ts'

/** What a competitor does on the days from `from` up to and including `to`: a sale, a launch. Region null: everywhere. */
export interface CompetitorEvent {
  readonly id: number
  readonly name: string
  readonly from: Day
  readonly to: Day
  readonly region: string | null
}

/** What is known of the days of such an event, in customers that became at risk in them. */
export type CompetitorFinding =
  /** No section of the window is over. */
  | { readonly event: CompetitorEvent; readonly state: 'waiting' }
  /** Too little is known of the time before it, or of its own days. */
  | { readonly event: CompetitorEvent; readonly state: 'too-short' }
  | MeasuredFinding

export interface MeasuredFinding {
  readonly event: CompetitorEvent
  /** `more`: than chance explains, after all windows and groups of the day. */
  readonly state: 'more' | 'as-usual'
  /** The last day that is counted. */
  readonly asOf: Day
  /** The segment of customers it is about; null: all of the event's region. */
  readonly segment: string | null
  readonly size: number
  /** What the time before lets expect, and the counts that 95 % of such windows stay within. */
  readonly expected: number
  readonly range: readonly [number, number]
  /** Mornings it is compared with. */
  readonly mornings: number
  /** The customers by team of their owner; null: without a team. */
  readonly byTeam: ReadonlyMap<number | null, readonly number[]>
}
