/** What `liuke backtest --json` says, as far as the tables need it. */
export interface Answer {
  readonly test: {
    readonly asOf: string
    readonly horizonDays: number
    readonly customers: number
    readonly churned: number
  }
  readonly scorers: readonly ScorerRow[]
  readonly chosen: string
  readonly level: {
    readonly method: string
    readonly expected: number
    readonly low: number | null
    readonly high: number | null
  } | null
  readonly replay: {
    readonly alerts: number
    readonly alertsPerDay: number
    readonly lost: number
    readonly caught: number
    readonly leadDaysMedian: number | null
  } | null
}

export interface ScorerRow {
  readonly name: string
  readonly auc: number
  readonly aucSe: number
  readonly prAuc: number
  readonly liftTop10: number
  readonly prAucRetained: number
  readonly liftTop10Retained: number
  readonly brier: number
  readonly ece: number
}
