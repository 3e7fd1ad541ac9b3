import type { Day } from '../../../model/day.ts'
import { levelAt } from '../calibrate/season-level.ts'
import type { LearnedModel } from './learned-model.ts'

/** The model as it speaks on a day: the level of the season ahead enters its calibration. */
export function modelAsOf<M extends Pick<LearnedModel, 'calibrator' | 'level'>>(model: M, asOf: Day): M {
  const shift = model.level ? levelAt(model.level, asOf) : 0
  return shift === 0 ? model : { ...model, calibrator: { ...model.calibrator, shift } }
}
