import type { Day } from '../../model/day.ts'
import type { Cause } from './course.ts'
import type { Fate } from './fate.ts'
import { planOf } from './plan.ts'

/** What really becomes of a demo customer; scoring never sees it, tests measure against it. */
export interface DemoTruth {
  /** The customer's key. */
  readonly customer: string
  readonly owner: string
  readonly segment: string
  readonly fate: Fate
  /** Mean days between orders before anything happened. */
  readonly cycle: number
  /** For those that go: why, the day it begins to show, and the day after which nothing is bought. */
  readonly leaving: { readonly cause: Cause; readonly since: Day; readonly lastOrderBy: Day } | null
}

/** The truth about every customer of the demo company. */
export function demoTruth(seed: number, customers: number): DemoTruth[] {
  return Array.from({ length: customers }, (_, index) => {
    const { key, rep, segment, cycle, course } = planOf(seed, index)
    const { fate, cause, decline } = course
    const leaving = cause && decline && { cause, since: decline.from, lastOrderBy: decline.to }
    return { customer: key, owner: rep.key, segment: segment.name, fate, cycle, leaving }
  })
}
