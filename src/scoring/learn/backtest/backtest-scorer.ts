import type { SeasonLevel } from '../calibrate/season-level.ts'
import type { TrainControl } from '../train.ts'
import type { Stage } from './stage.ts'

/** A way to foretell churn that can be judged on the company's own past. */
export interface BacktestScorer {
  readonly name: string
  /** Shows what a simple rule can do and is never chosen. */
  readonly yardstick?: true
  /** Learns from no answers, and speaks of any horizon alike. */
  readonly untaught?: true
  /** Probability of churn for each row of the stage; null when the stage holds too little to say. */
  risk(stage: Stage, control: TrainControl): Promise<Float64Array | null>
  /** What it knows of the season ahead and of how far the level may be off; absent where it never looks. */
  level?(stage: Stage, control: TrainControl): Promise<SeasonLevel | null>
}
