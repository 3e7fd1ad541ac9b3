import { type Ctx, inTransaction } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Day } from '../../model/day.ts'
import { type Experiment, type ExperimentPlan, playOfTrial, scriptTrial } from '../../model/experiment.ts'
import { addAudit } from '../../store/audit.ts'
import { endExperiment, latestScripts, startExperiment } from '../../store/experiments.ts'
import { baselineOf } from '../effect/baseline.ts'
import { type PlayBook, shippedPlays } from './book.ts'
import { digestOf, scriptsDigest } from './wording.ts'

/** Half and half; every tier takes part, and nobody is held back. */
const HALVES = { share: 0.5, excludeTop: false, delayDays: 0 }
/** Hex digits of a seed. */
const SEED_DIGITS = 8

/**
 * Makes the running trials of scripts those of the book: a play with two scripts has one. Another word or setting ends it
 * and starts another; scripts that are gone end it. Leaves audit rows. Running it again, or in two processes, changes
 * nothing.
 * @param day the morning from which it holds
 */
export async function alignScripts(ctx: Ctx, day: Day, book: PlayBook = shippedPlays()): Promise<void> {
  const running = new Map(
    (await latestScripts(ctx)).filter(({ endedAt }) => endedAt === null).map((one) => [one.name, one]),
  )
  const names = new Set([...running.keys(), ...Object.keys(book.file.plays).map(scriptTrial)])
  for (const name of names) {
    const wording = scriptsDigest(playOfTrial(name) ?? '', book)
    const now = running.get(name) ?? null
    if (now ? isTheSame(now, wording, ctx) : wording === null) continue
    const plan = wording === null ? null : await planFor(ctx, day, name, wording)
    await changeOnce(ctx, now, plan)
  }
}

function isTheSame(running: Experiment, wording: string | null, { settings }: Ctx): boolean {
  const wanted = settings.retention.scripts
  const fields = ['windowDays', 'minEffect', 'power'] as const
  return running.wording === wording && fields.every((field) => running[field] === wanted[field])
}

async function planFor(ctx: Ctx, day: Day, name: string, wording: string): Promise<ExperimentPlan> {
  const wanted = ctx.settings.retention.scripts
  const seed = Number.parseInt(digestOf([name, day]).slice(0, SEED_DIGITS), 16)
  return { ...HALVES, ...wanted, name, wording, seed, baseline: await baselineOf(ctx, day, wanted) }
}

async function changeOnce(ctx: Ctx, running: Experiment | null, plan: ExperimentPlan | null): Promise<void> {
  try {
    await inTransaction(ctx, async (ctx) => {
      if (running && (await endExperiment(ctx, running.id))) {
        await addAudit(ctx, { memberId: null, action: 'script-end', subject: `experiment:${running.id}` })
      }
      if (!plan) return
      const { id } = await startExperiment(ctx, plan, null)
      const subject = `experiment:${id}`
      await addAudit(ctx, { memberId: null, action: 'script-start', subject, detail: plan })
    })
  } catch (error) {
    // Another process was faster, with the same book.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
  }
}
