import type { Day } from '../../model/day.ts'
import type { DemoSegment } from './company.ts'
import type { Fate } from './fate.ts'
import type { Random } from './random.ts'
import { DEMO_START, FIRST_DAY, PROMOTIONS } from './season.ts'

/** Why a customer goes: each cause leaves its own traces in the log (see `demoTruth`). */
export type Cause = 'competitor' | 'service' | 'buyer-left' | 'shrinking' | 'silent' | 'not-renewing'

/** The dated story of one customer. */
export interface Course {
  readonly fate: Fate
  readonly cause: Cause | null
  /** For those that go: when it begins to show, and the day after which nothing is bought. */
  readonly decline: { readonly from: Day; readonly to: Day } | null
  /** No order in these days, and then all is as before. */
  readonly pause: { readonly from: Day; readonly to: Day } | null
  /** For the other false trails: the day of the scare. */
  readonly scareOn: Day | null
  /** An end of the yearly contract; it is renewed every year unless the customer goes. */
  readonly contractEnd: Day | null
}

/** The Friday before the story begins. */
const LAST_WORKDAY: Day = DEMO_START - 3

interface Given {
  readonly cycle: number
  readonly segment: DemoSegment
  readonly random: Random
}

/** Turns a fate into dates. */
export function courseOf(fate: Fate, given: Given): Course {
  const { random, segment, cycle } = given
  const contractEnd = segment.yearlyContract ? DEMO_START + random.int(-30, 330) : null
  const calm: Course = { fate, cause: null, decline: null, pause: null, scareOn: null, contractEnd }
  switch (fate) {
    case 'dying':
    case 'dying-later':
    case 'lost':
      return leaving(fate, given, calm)
    case 'late':
      return { ...calm, pause: lateOrder(cycle, random) }
    case 'returned':
      return { ...calm, pause: longAbsence(cycle, random) }
    case 'calmed':
      return { ...calm, scareOn: DEMO_START - random.int(6, 40) }
    case 'buyer-moved':
      return { ...calm, scareOn: DEMO_START - random.int(3, 80) }
    case 'upset':
      return { ...calm, scareOn: LAST_WORKDAY }
    case 'top-up':
      return { ...calm, scareOn: DEMO_START - random.int(2, 12) }
    default:
      return calm
  }
}

/** The order that should have come by now comes within two weeks after the story begins. */
function lateOrder(cycle: number, random: Random): { from: Day; to: Day } {
  const to = DEMO_START + random.int(2, 14)
  return { from: Math.round(to - cycle * random.between(1.2, 1.7)), to }
}

/** Long enough to count as lost by any own cycle, and over by now or soon. */
function longAbsence(cycle: number, random: Random): { from: Day; to: Day } {
  const to = DEMO_START + random.int(-330, 45)
  return { from: Math.round(to - Math.max(110, 3.6 * cycle)), to }
}

function leaving(fate: 'dying' | 'dying-later' | 'lost', given: Given, calm: Course): Course {
  const { random, cycle } = given
  const cause = causeOf(given)
  const to = lastOrderBy(fate, cycle, random)
  const longest = fate === 'lost' ? 150 : 240
  const length = cause === 'silent' ? 0 : Math.min(longest, Math.max(30, cycle * random.between(2, 4)))
  const decline = { from: Math.round(to - length), to }
  if (cause === 'competitor') return { ...calm, cause, decline: duringPromotion(fate, decline, random) }
  if (cause === 'not-renewing') return { ...calm, cause, decline, contractEnd: to + random.int(-10, 20) }
  if (fate === 'dying' && calm.contractEnd !== null) {
    // The contract they will not renew has not ended long ago: on the first morning they are not lost yet.
    const last = Math.max(DEMO_START - 40, Math.min(DEMO_START + 330, decline.from + 360))
    return { ...calm, cause, decline, contractEnd: random.int(DEMO_START - 50, last) }
  }
  return { ...calm, cause, decline }
}

function causeOf({ segment, cycle, random }: Given): Cause {
  if (segment.yearlyContract && random.chance(0.65)) return 'not-renewing'
  const common: Cause[] = [
    'service',
    'service',
    'buyer-left',
    'buyer-left',
    'shrinking',
    'shrinking',
    'silent',
  ]
  // A promotion of six weeks only shows in those who buy at least that often.
  return random.pick(cycle <= 28 ? [...common, 'competitor', 'competitor', 'competitor'] : common)
}

/** Those dying on the first morning have been silent for one to three of their cycles. */
function lastOrderBy(fate: 'dying' | 'dying-later' | 'lost', cycle: number, random: Random): Day {
  if (fate === 'lost') return random.int(FIRST_DAY + 170, Math.round(DEMO_START - Math.max(100, 3.4 * cycle)))
  if (fate === 'dying-later') return DEMO_START + random.int(5, 100)
  return Math.round(DEMO_START - Math.max(12, cycle * random.between(1.2, 2.6)))
}

/** Leaving begins in the rival's promotion that ended last before the planned end (or in the first one). */
function duringPromotion(fate: Fate, planned: { to: Day }, random: Random): { from: Day; to: Day } {
  const [first, second, third] = PROMOTIONS
  const window = fate === 'lost' ? first : fate === 'dying' ? second : third
  if (!window) throw new RangeError('the demo company has three promotions')
  const from = random.int(window.from, window.from + 14)
  const to = fate === 'dying' ? Math.min(planned.to, window.to + 7) : window.to + random.int(-5, 10)
  return { from, to: Math.max(to, from + 10) }
}
