import { createHash } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { keepPart, keptPart } from '../../store/learning-parts.ts'
import type { LabelledSnapshot } from '../learn/history/dataset.ts'
import { type FitPart, nameOf } from '../learn/learned/fit-part.ts'
import { LearnedModel } from '../learn/learned/learned-model.ts'

/** Raised when a learner changes, so that no part of an older program is taken for its own. */
const LEARNERS = 1
const Part = LearnedModel.shape.parts.element.shape.model

/**
 * Trains each learner once for the same rows, whatever happens to the process: a finished learner is kept in the
 * database under a digest of all that it was trained on, and a training that was killed takes it up from there.
 */
export function keptFits(ctx: Ctx, train: FitPart): FitPart {
  return async (kind, snapshots, control, growth = null) => {
    const later = growth && 'later' in growth ? [growth.later] : []
    const digest = digestOf(nameOf(kind, growth), [...snapshots, ...later])
    const kept = await keptPart(ctx, digest)
    if (kept !== null) {
      ctx.log.info({ kind, digest }, 'a learner of an earlier try is taken up')
      return Part.parse(JSON.parse(kept))
    }
    const model = await train(kind, snapshots, control, growth)
    await keepPart(ctx, digest, JSON.stringify(model))
    ctx.log.info({ kind, digest }, 'a learner is trained')
    return model
  }
}

function digestOf(name: string, snapshots: readonly LabelledSnapshot[]): string {
  const hash = createHash('sha256').update(`${LEARNERS} ${name}`)
  for (const { asOf, horizon, x, y } of snapshots) {
    hash.update(JSON.stringify([asOf, horizon, x.rows]))
    for (const { name, log1p, monotone, values } of x.columns) {
      hash.update(JSON.stringify([name, log1p, monotone])).update(values)
    }
    hash.update(y)
  }
  return hash.digest('hex')
}
