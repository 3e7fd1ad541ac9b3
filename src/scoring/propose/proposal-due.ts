import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { readReport } from '../../model/go-live.ts'
import { latestVersions } from '../../store/scorer-versions.ts'
import { deleteState, getState, setState } from '../../store/state.ts'

const ASKED = 'propose.asked'
/** Days between two evaluations: a quarter, or a week while there is too little history for any. */
const QUARTER_DAYS = 91
const RETRY_DAYS = 7
const LACKS = new Set(['no-orders', 'no-customers', 'short-history'])

export type Due = 'asked' | 'first' | 'quarter' | 'retry'

/** Why the scorers should be evaluated as of a day; null when that was done lately. */
export async function proposalDue(ctx: Ctx, asOf: Day): Promise<Due | null> {
  if (await isAsked(ctx)) return 'asked'
  const [latest] = await latestVersions(ctx, 1)
  if (!latest) return 'first'
  const lacking = LACKS.has(readReport(latest.report)?.reason ?? '')
  if (lacking) return asOf - latest.asOf >= RETRY_DAYS ? 'retry' : null
  return asOf - latest.asOf >= QUARTER_DAYS ? 'quarter' : null
}

/** Asks for an evaluation as soon as possible; false when somebody has asked already. */
export async function askForProposal(ctx: Ctx): Promise<boolean> {
  if (await isAsked(ctx)) return false
  await setState(ctx, ASKED, String(ctx.clock.now()))
  return true
}

export async function isAsked(ctx: Ctx): Promise<boolean> {
  return (await getState(ctx, ASKED)) !== null
}

/** The evaluation that was asked for is there. */
export async function answerAsked(ctx: Ctx): Promise<void> {
  await deleteState(ctx, ASKED)
}
