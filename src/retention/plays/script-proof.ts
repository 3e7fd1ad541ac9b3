import type { Scope } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { playOfTrial } from '../../model/experiment.ts'
import { latestScripts } from '../../store/experiments.ts'
import { latestScoreRun } from '../../store/service-figures.ts'
import { type Measured, measureEffect } from '../measure-effect.ts'
import { type PlayBook, shippedPlays } from './book.ts'
import { scriptsDigest } from './wording.ts'

/** What can be said of two scripts; in its effect script A is the treated arm and B the control arm. */
export interface ScriptProof extends Measured {
  readonly play: string
  readonly startedOn: Day
  readonly ended: boolean
  readonly windowDays: number
  /** What both say in both languages, one line each; null: the book says something else by now. */
  readonly says: { readonly a: SaidLine; readonly b: SaidLine } | null
}

type SaidLine = { readonly zh: string; readonly en: string }

/** The newest trial of every play, running ones first, over the customers the reader may see. */
export async function scriptProofs(
  ctx: Ctx,
  scope: Scope,
  today: Day,
  book: PlayBook = shippedPlays(),
): Promise<{ readonly proofs: readonly ScriptProof[]; readonly asOf: Day }> {
  const asOf = (await latestScoreRun(ctx))?.asOf ?? today - 1
  const proofs: ScriptProof[] = []
  for (const trial of await latestScripts(ctx)) {
    const play = playOfTrial(trial.name) ?? ''
    proofs.push({
      ...(await measureEffect(ctx, scope, trial, asOf)),
      play,
      startedOn: calendarFor(ctx.settings).dayOf(trial.startedAt),
      ended: trial.endedAt !== null,
      windowDays: trial.windowDays,
      says: trial.wording === scriptsDigest(play, book) ? linesOf(play, book) : null,
    })
  }
  return { proofs, asOf }
}

/** The first thing they say differently: the action, else the question, else the draft. */
function linesOf(play: string, { file }: PlayBook): ScriptProof['says'] {
  const scripts = file.plays[play]?.variants
  if (!scripts) return null
  const lineOf = ({ action, question, draft }: typeof scripts.a): SaidLine => {
    const [zh = ''] = draft?.zh ?? []
    const [en = ''] = draft?.en ?? []
    return action ?? question ?? { zh, en }
  }
  return { a: lineOf(scripts.a), b: lineOf(scripts.b) }
}
