/** Names used wherever risk is spoken of. Bands are ordered from calm to urgent. */
export const BANDS = ['none', 'watch', 'medium', 'high', 'urgent'] as const
export type Band = (typeof BANDS)[number]

export function bandRank(band: Band): number {
  return BANDS.indexOf(band)
}

export const DEFINITION_NAMES = ['saas', 'e-commerce', 'b2b', 'own-cycle'] as const

/** What counts as lost: see `Settings.scoring.definitions`. */
export interface ChurnDefinition {
  readonly name: string
  readonly basis: 'order' | 'renewal' | 'own-cycle'
  readonly days: number
  readonly cycles: number
}

export const TIERS = ['A', 'B', 'C', 'unknown'] as const
export type Tier = (typeof TIERS)[number]
