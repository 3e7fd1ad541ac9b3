import type { Ctx } from '../../context.ts'
import type { Tier } from '../../model/churn.ts'
import type { Day } from '../../model/day.ts'
import { type Arm, scriptTrial } from '../../model/experiment.ts'
import type { Variant } from '../../model/play.ts'
import { addAssignments, assignmentOf, lockAssignments, placesTaken } from '../../store/assignments.ts'
import { runningExperiment } from '../../store/experiments.ts'
import { EPISODE_DAYS } from '../hold-back.ts'
import { assignArms } from '../holdout.ts'
import type { PlayBook } from './book.ts'
import { scriptsDigest } from './wording.ts'

/** Who is shown a play from when on. */
interface Shown {
  readonly customerId: number
  readonly day: Day
  readonly tier: Tier
  readonly play: string
}

/** Script A is the treated arm: see `ARMS`. */
const SCRIPT_OF: Readonly<Record<Arm, Variant>> = { treated: 'a', control: 'b' }

/**
 * The script a customer is spoken to with, by lot within its tier; null while no trial of these very words runs. A customer
 * keeps its script until its outcome is known; one that belongs to an ended trial until then takes no part. Runs in the
 * transaction that remembers the play.
 */
export async function drawScript(
  ctx: Ctx,
  { customerId, day, tier, play }: Shown,
  book: PlayBook,
): Promise<Variant | null> {
  const wording = scriptsDigest(play, book)
  if (wording === null) return null
  const trial = await runningExperiment(ctx, scriptTrial(play))
  if (!trial || trial.wording !== wording) return null
  await lockAssignments(ctx)
  const known = await assignmentOf(ctx, trial.name, customerId, day - EPISODE_DAYS)
  if (known) return known.experimentId === trial.id ? SCRIPT_OF[known.arm] : null
  const alert = { customerId, day, tier, teamId: null }
  const drawn = assignArms([alert], trial, await placesTaken(ctx, trial.id))
  await addAssignments(ctx, trial.id, drawn)
  return drawn[0] ? SCRIPT_OF[drawn[0].arm] : null
}
