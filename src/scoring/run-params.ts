import { createHash } from 'node:crypto'
import { z } from 'zod'
import { EVENT_KINDS } from '../model/event.ts'
import type { Population } from '../model/population.ts'
import { Settings } from '../settings.ts'
import type { Yardstick } from './score-one.ts'

const Cuts = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** What a run froze when it began, as stored with it. */
const RunParams = z.object({
  population: z.object({
    asOf: z.number(),
    kinds: z.array(z.enum(EVENT_KINDS)),
    buyers: z.number(),
    segmentGaps: z.record(z.string(), z.number()),
    gap: z.number().nullable(),
    orderGap: z.number().nullable().default(null),
    rfm: z.object({ r: Cuts, f: Cuts, m: Cuts }).nullable(),
    valueCuts: z.tuple([z.number(), z.number()]),
    quiet: z.array(z.tuple([z.number(), z.number()])),
  }),
  scorer: z.object({ name: z.string(), version: z.number(), params: z.unknown() }),
  /** Settings may be changed in chat at any time; null in runs of before that. */
  settings: Settings.shape.scoring.nullable().default(null).catch(null),
})

export interface StoredParams {
  readonly population: Population
  readonly scorer: { readonly name: string; readonly version: number; readonly params?: unknown }
  /** The settings it scored by; null where they are not known. */
  readonly settings: Settings['scoring'] | null
}

export function writeParams({ population, scorer, settings }: Yardstick): string {
  const { name, version, params } = scorer
  return JSON.stringify({ population, scorer: { name, version, params }, settings })
}

/** The parameters of a stored run; null when another version of the program wrote them in another shape. */
export function readParams(json: string): StoredParams | null {
  const result = RunParams.safeParse(JSON.parse(json))
  return result.success ? result.data : null
}

/** A short mark of everything but the facts that decides about scores. */
export function settingsDigest(
  settings: Settings,
  scorer: { readonly name: string; readonly version: number; readonly params?: unknown },
): string {
  const { scoring, business } = settings
  const parts = { scoring, zone: business.zone, off: business.holidays, on: business.workdays }
  const { name, version, params } = scorer
  const text = JSON.stringify({ parts, name, version, params })
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
