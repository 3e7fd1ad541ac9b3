import type { Scope } from '../access.ts'
import type { AtRiskItem } from '../cards/at-risk.ts'
import type { Ctx } from '../context.ts'
import type { Case, CaseState } from '../model/case.ts'
import type { Evidence } from '../model/score.ts'
import { scoreOf } from '../store/scores.ts'

export type CaseItem = AtRiskItem & { readonly state: CaseState; readonly priority: number }

/** Cases looked at for one card. */
const MAX_CASES = 60
const STATE_ORDER: readonly CaseState[] = ['open', 'working', 'waiting']

/** Open cases as cards show them, with today's score: untouched ones first, then by risk × value. */
export async function caseItems(ctx: Ctx, scope: Scope, cases: readonly Case[]): Promise<CaseItem[]> {
  const items: CaseItem[] = []
  for (const one of cases.slice(0, MAX_CASES)) items.push(await itemOf(ctx, scope, one))
  items.sort((a, b) => stateRank(a) - stateRank(b) || b.priority - a.priority || a.caseId - b.caseId)
  return items.map((item, index) => ({ ...item, orderReason: { ...item.orderReason, rank: index + 1 } }))
}

/** The reasons as the latest score has them, and what an event said that no score knows of yet. */
function evidenceNow(one: Case, scored: readonly Evidence[] | null): readonly Evidence[] {
  if (scored === null) return one.why
  const known = new Set(scored.map(({ signal }) => signal))
  return one.lane === 'event' ? [...scored, ...one.why.filter(({ signal }) => !known.has(signal))] : scored
}

function stateRank({ state }: CaseItem): number {
  return STATE_ORDER.indexOf(state)
}

async function itemOf(ctx: Ctx, scope: Scope, one: Case): Promise<CaseItem> {
  const score = await scoreOf(ctx, scope, one.customerId)
  return {
    caseId: one.id,
    customerId: one.customerId,
    customerName: one.customerName,
    tier: score?.tier ?? 'unknown',
    band: score?.band ?? one.band,
    stage: score?.stage ?? '',
    value12m: score?.value12m ?? 0,
    evidence: evidenceNow(one, score?.evidence ?? null),
    orderReason: { rank: 0, reason: one.lane === 'event' ? 'event' : 'priority' },
    risk: score ? score.risk : one.risk,
    state: one.state,
    priority: score?.priority ?? 0,
    ...((scope.kind !== 'own' || one.ownerId !== scope.memberId) && { ownerName: one.ownerName }),
  }
}
