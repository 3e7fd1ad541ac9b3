import type { TrainControl } from '../train.ts'
import type { Stage } from './stage.ts'

/** A way to foretell churn that can be judged on the company's own past. */
export interface BacktestScorer {
  readonly name: string
  /** Probability of churn for each row of the stage; null when the stage holds too little to say. */
  risk(stage: Stage, control: TrainControl): Promise<Float64Array | null>
}
