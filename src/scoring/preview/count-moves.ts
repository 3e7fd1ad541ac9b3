import { type Band, bandRank } from '../../model/churn.ts'
import { PREVIEW_FIELDS, type Preview, type PreviewField, type PreviewState } from '../../model/preview.ts'
import type { ScoredState } from '../score-one.ts'

const EXAMPLES = 10

type Example = { readonly customerId: number; readonly before: PreviewState; readonly after: PreviewState }

export interface Moves {
  add(now: ScoredState, draft: ScoredState): void
  counts(): Pick<Preview, 'customers' | 'affected' | 'changed' | 'moves' | 'churned' | 'atRisk'>
  /** Those worth most first. */
  examples(): readonly Example[]
}

/** Adds up who goes from where to where; memory does not grow with the customers. */
export function countMoves(minBand: Band): Moves {
  const moves = new Map<string, Preview['moves'][number] & { customers: number }>()
  const changed: Record<PreviewField, number> = { band: 0, tier: 0, stage: 0, churned: 0 }
  const churned = { before: 0, after: 0 }
  const atRisk = { before: 0, after: 0 }
  let [customers, affected] = [0, 0]
  let examples: (Example & { readonly value: number })[] = []

  function count(field: PreviewField, before: string, after: string): void {
    changed[field]++
    const key = `${field} ${before} ${after}`
    const known = moves.get(key)
    if (known) known.customers++
    else moves.set(key, { field, before, after, customers: 1 })
  }

  return {
    add(now, draft) {
      customers++
      if (now.churned) churned.before++
      if (draft.churned) churned.after++
      if (isAtRisk(now, minBand)) atRisk.before++
      if (isAtRisk(draft, minBand)) atRisk.after++
      const fields = PREVIEW_FIELDS.filter((field) => now[field] !== draft[field])
      if (fields.length === 0) return
      affected++
      for (const field of fields) count(field, String(now[field]), String(draft[field]))
      const { customerId, value12m: value } = draft
      examples = [...examples, { customerId, value, before: stateOf(now), after: stateOf(draft) }]
        .sort((a, b) => b.value - a.value || a.customerId - b.customerId)
        .slice(0, EXAMPLES)
    },
    counts: () => ({
      customers,
      affected,
      changed,
      moves: [...moves.values()].sort((a, b) => b.customers - a.customers || compare(a, b)),
      churned,
      atRisk,
    }),
    examples: () => examples.map(({ customerId, before, after }) => ({ customerId, before, after })),
  }
}

function compare(a: Preview['moves'][number], b: Preview['moves'][number]): number {
  const name = ({ field, before, after }: Preview['moves'][number]): string => `${field} ${before} ${after}`
  return name(a) < name(b) ? -1 : 1
}

function isAtRisk({ band, churned }: ScoredState, minBand: Band): boolean {
  return !churned && band !== 'none' && bandRank(band) >= bandRank(minBand)
}

function stateOf({ risk, band, tier, stage, churned }: ScoredState): PreviewState {
  return { risk, band, tier, stage, churned }
}
