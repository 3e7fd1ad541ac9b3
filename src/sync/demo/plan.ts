import type { Day } from '../../model/day.ts'
import { type DemoMember, type DemoSegment, type DemoTeam, ownerOf, SEGMENTS } from './company.ts'
import { type Course, courseOf } from './course.ts'
import { type Fate, fateOf } from './fate.ts'
import { companyName, INDUSTRIES, type Industry } from './names.ts'
import { type Random, randomFor } from './random.ts'
import { DEMO_START, FIRST_DAY } from './season.ts'

/** Who a customer is and how it lives: everything about it that is decided before its events are drawn. */
export interface CustomerPlan {
  readonly index: number
  readonly key: string
  readonly name: string
  readonly shortName: string
  readonly industry: string
  readonly rep: DemoMember
  readonly team: DemoTeam
  readonly segment: DemoSegment
  /** First contact; may lie years before the log starts. */
  readonly since: Day
  /** First day with events in the log. */
  readonly from: Day
  /** Mean days between orders at the start, and how regular they are (gamma shape). */
  readonly cycle: number
  readonly regularity: number
  /** Median order, yuan. */
  readonly order: number
  readonly loginsPerMonth: number
  readonly winterPause: boolean
  readonly course: Course
}

/** The plan of customer `index`; it depends on the seed and the index alone. */
export function planOf(seed: number, index: number): CustomerPlan {
  const random = randomFor(seed, `plan/${index}`)
  const { rep, team, slot } = ownerOf(index)
  const fate = fateOf(seed, rep.key, slot)
  const segment = segmentOf(random)
  const industry = industryOf(random, fate === 'off-season')
  const company = companyName(index, random.pick(team.cities), industry, random)
  const [shortest, longest] = segment.cycle
  const cycle = Math.min(longest, shortest + random.gamma(1.6, (longest - shortest) * 0.38))
  const since = sinceOf(random, fate)
  return {
    index,
    key: `C${String(index + 1).padStart(4, '0')}`,
    ...company,
    rep,
    team,
    segment,
    since,
    from: Math.max(since, FIRST_DAY),
    cycle,
    regularity: random.between(4, 14),
    order: segment.order * Math.exp(0.9 * random.normal()),
    loginsPerMonth: random.gamma(2, segment.yearlyContract ? 5 : 1.8),
    winterPause: fate === 'off-season',
    course: courseOf(fate, { cycle, segment, random }),
  }
}

function segmentOf(random: Random): DemoSegment {
  let left = random.next()
  for (const segment of SEGMENTS) {
    left -= segment.share
    if (left < 0) return segment
  }
  return SEGMENTS[0]
}

function industryOf(random: Random, pausesInWinter: boolean): Industry {
  return random.pick(INDUSTRIES.filter((industry) => industry.winterPause === pausesInWinter))
}

/** Two thirds, and all that go, were customers before the log begins; newcomers join around the first morning. */
function sinceOf(random: Random, fate: Fate): Day {
  if (fate === 'newcomer') return DEMO_START - random.int(-90, 90)
  if (fate === 'lost' || fate === 'dying' || random.chance(0.6)) return FIRST_DAY - random.int(30, 1_800)
  return FIRST_DAY + random.int(0, 250)
}
