import type { Day } from './day.ts'

/** What a competitor does on the days from `from` up to and including `to`: a sale, a launch. Region null: everywhere. */
export interface CompetitorEvent {
  readonly id: number
  readonly name: string
  readonly from: Day
  readonly to: Day
  readonly region: string | null
}
