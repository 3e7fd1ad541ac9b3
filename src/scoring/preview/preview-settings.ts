import { UNSCOPED } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { Preview, PreviewExample, SettingSets } from '../../model/preview.ts'
import { customerTraits } from '../../store/customer-traits.ts'
import { customerById } from '../../store/customers.ts'
import { latestRun } from '../../store/score-runs.ts'
import { previousScores } from '../../store/score-writes.ts'
import { lastState } from '../score-rows.ts'
import { countMoves, type Moves } from './count-moves.ts'
import { draftSettings, settingChanges } from './draft-settings.ts'
import { draftYardsticks } from './draft-yardsticks.ts'
import { judgeBoth, type LastStates } from './judge-both.ts'
import { replayPushes } from './replay-pushes.ts'

/** A quarter of the past. */
const WEEKS = 12

export interface PreviewOptions {
  /** By default the day of the last run, else yesterday. */
  readonly asOf?: Day | undefined
  /** Weeks of the past to go through; 0 for none. */
  readonly weeks?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: (done: number) => void
}

/**
 * Scores everybody in memory by the settings in force and by a draft of them, from the last scores on as the next run
 * would, and goes through the past weeks with both. Nothing is written.
 * @throws AppError `bad-input` when the draft is not valid
 */
export async function previewSettings(
  ctx: Ctx,
  sets: SettingSets,
  options: PreviewOptions = {},
): Promise<Preview> {
  const { weeks = WEEKS, signal, progress = () => undefined } = options
  const changes = settingChanges(ctx.settings, sets)
  const yardsticksOn = await draftYardsticks(ctx, draftSettings(ctx.settings, sets))
  const asOf = options.asOf ?? (await defaultDay(ctx))
  const moves = countMoves(ctx.settings.push.minBand)
  const owners = new Set<number>()
  const lastStates = storedStates(ctx, asOf)
  const yardsticks = await yardsticksOn(asOf, signal)
  for await (const page of judgeBoth(ctx, asOf, yardsticks, { lastStates, signal })) {
    for (const { now, draft } of page) moves.add(now, draft)
    const traits = await customerTraits(
      ctx,
      page.map((one) => one.customerId),
    )
    for (const { ownerId } of traits) if (ownerId !== null) owners.add(ownerId)
  }
  progress(1 / (weeks + 2))
  const reps = Math.max(1, owners.size)
  const past = {
    weeks,
    reps,
    signal,
    progress: (done: number) => progress((1 + done * (weeks + 1)) / (weeks + 2)),
  }
  const perRepDay = weeks > 0 ? await replayPushes(ctx, asOf, yardsticksOn, past) : null
  return {
    asOf,
    changes,
    ...moves.counts(),
    reps,
    examples: await named(ctx, moves.examples()),
    pushes: perRepDay && { weeks, perRepDay },
  }
}

async function defaultDay(ctx: Ctx): Promise<Day> {
  const run = await latestRun(ctx)
  return run?.asOf ?? calendarFor(ctx.settings).dayOf(ctx.clock.now()) - 1
}

/** The stored scores, as a run of that day would start from. */
function storedStates(ctx: Ctx, asOf: Day): LastStates {
  return async (after, last) => {
    const previous = await previousScores(ctx, after, last)
    const state = (customerId: number) => lastState(previous.get(customerId), asOf)
    return { now: state, draft: state }
  }
}

async function named(ctx: Ctx, examples: ReturnType<Moves['examples']>): Promise<PreviewExample[]> {
  const found: PreviewExample[] = []
  for (const one of examples) {
    const customer = await customerById(ctx, UNSCOPED, one.customerId)
    if (customer) found.push({ ...one, key: customer.key, name: customer.name })
  }
  return found
}
