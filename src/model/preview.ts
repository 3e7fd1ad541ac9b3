import type { Band, Tier } from './churn.ts'
import type { Day } from './day.ts'

/** A value of a setting: what JSON can hold. */
export type SettingValue = string | number | boolean | null | readonly SettingValue[] | SettingMap
export interface SettingMap {
  readonly [name: string]: SettingValue
}

/** Settings that replace those of the file: path (`scoring.bands.high`) → value. */
export type SettingSets = Readonly<Record<string, SettingValue>>

export interface SettingChange {
  readonly path: string
  /** Undefined where nothing was set before (a new segment). */
  readonly before: SettingValue | undefined
  readonly after: SettingValue
}

export const PREVIEW_FIELDS = ['band', 'tier', 'stage', 'churned'] as const
export type PreviewField = (typeof PREVIEW_FIELDS)[number]

/** One customer by one set of settings. */
export interface PreviewState {
  readonly risk: number | null
  readonly band: Band
  readonly tier: Tier
  readonly stage: string
  readonly churned: boolean
}

export interface PreviewExample {
  readonly customerId: number
  readonly key: string
  readonly name: string
  readonly before: PreviewState
  readonly after: PreviewState
}

/** Before and after the draft. */
export interface BeforeAfter {
  readonly before: number
  readonly after: number
}

/** What the next scoring run would say by a draft of the settings, against what it says by those in force. */
export interface Preview {
  readonly asOf: Day
  readonly changes: readonly SettingChange[]
  readonly customers: number
  /** Customers for whom any of the fields changes. */
  readonly affected: number
  readonly changed: Readonly<Record<PreviewField, number>>
  /** How many go from where to where, most first. */
  readonly moves: readonly {
    readonly field: PreviewField
    readonly before: string
    readonly after: string
    readonly customers: number
  }[]
  readonly churned: BeforeAfter
  /** Customers that a push may speak of: `push.minBand` and above, not lost. */
  readonly atRisk: BeforeAfter
  /** People who look after customers; without any all count as one person's. */
  readonly reps: number
  /** Those worth most first. */
  readonly examples: readonly PreviewExample[]
  /** New warnings per rep and workday over past weeks, before any daily budget; null when not asked for. */
  readonly pushes: { readonly weeks: number; readonly perRepDay: BeforeAfter } | null
}
