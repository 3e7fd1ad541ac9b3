import { goLiveCard } from '../cards/go-live.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { goLiveFacts } from '../scoring/propose/go-live-facts.ts'
import type { Due } from '../scoring/propose/proposal-due.ts'
import { type Proposal, proposeScorer } from '../scoring/propose/propose-scorer.ts'
import { textFor } from '../text/index.ts'

/** Evaluates the scorers and tells the administrators once, in the transaction that stores the outcome. */
export function propose(
  ctx: Ctx,
  options: {
    readonly asOf: Day
    readonly due: Due
    readonly signal: AbortSignal
    readonly progress?: (done: number) => void
  },
): Promise<Proposal> {
  return proposeScorer(ctx, { ...options, onStored: tellAdmins })
}

async function tellAdmins(ctx: Ctx, { version, news }: Proposal): Promise<void> {
  if (!news) return
  const card = goLiveCard(await goLiveFacts(ctx, version.id), textFor(ctx.settings.locale))
  await notifyAdmins(ctx, `go-live:${version.id}`, card)
}
