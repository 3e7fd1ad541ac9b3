import type { Snapshot } from '../history/dataset.ts'
import { columnOf } from '../matrix.ts'
import { averageRanks } from '../rank.ts'
import type { BacktestScorer } from './backtest-scorer.ts'
import { baselineScorer } from './baseline-scorer.ts'
import { silenceTail } from './gap-regularity.ts'
import { silenceRatio, silenceZ } from './own-cycle.ts'

const SILENT_DAYS = 90

/** The simple rules that a model must beat to be worth its keep. */
export const baselines: readonly BacktestScorer[] = [
  baselineScorer('recency', (snapshot) => column(snapshot, 'recency')),
  baselineScorer('silent-90', isSilent),
  baselineScorer('rfm', rfmRank),
  baselineScorer('own-cycle', silenceRatio),
  baselineScorer('own-cycle-z', silenceZ),
  baselineScorer('own-cycle-tail', silenceTail),
]

function column(snapshot: Snapshot, name: string): Float64Array {
  return columnOf(snapshot.x, name)?.values ?? new Float64Array(snapshot.x.rows)
}

/** The rule of thumb that many teams start with: 90 days without an order. */
function isSilent(snapshot: Snapshot): Float64Array {
  return column(snapshot, 'recency').map((days) => (days > SILENT_DAYS ? 1 : 0))
}

/** Minus the sum of the quintile scores of recency, orders and (where known) amounts. */
function rfmRank(snapshot: Snapshot): Float64Array {
  const recency = quintiles(column(snapshot, 'recency').map((value) => -value))
  const orders = quintiles(column(snapshot, 'orders'))
  const spend = columnOf(snapshot.x, 'spendTotal')?.values
  const money = spend && quintiles(spend.map((value) => (Number.isNaN(value) ? 0 : value)))
  return recency.map((value, row) => -(value + (orders[row] ?? 0) + (money?.[row] ?? 0)))
}

/** 1 … 5 by tied ranks: equal values never get different scores. */
function quintiles(values: Float64Array): Float64Array {
  return averageRanks(values).map((rank) => Math.min(5, Math.max(1, Math.ceil((5 * rank) / values.length))))
}
