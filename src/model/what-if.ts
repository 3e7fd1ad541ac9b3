import type { Band } from './churn.ts'

/** Changes of one fact that are tried, the smallest first. */
export const WHAT_IFS = ['complaint-closed', 'consult', 'good-nps', 'renewal', 'order'] as const

/** The one fact that would change the band. */
export interface WhatIf {
  /** What would have to happen; `no-…`: what would have to stay away for `days` more days. */
  readonly kind: (typeof WHAT_IFS)[number] | 'no-order' | 'no-activity' | 'no-renewal'
  readonly days: number | null
  /** The band it would lead to. */
  readonly band: Band
}
