import type { Day } from '../../model/day.ts'
import { fakePhone, personName } from './names.ts'
import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import { LAST_DAY, workday } from './season.ts'

export interface DemoContact {
  readonly key: string
  readonly name: string
  readonly role: 'buyer' | 'decider' | 'user'
  readonly title: string
  readonly phone: string
  /** Null for those who were there from the start. */
  readonly from: Day | null
  readonly left: Day | null
}

type Person = Pick<DemoContact, 'role' | 'title'> & { readonly name?: string }

/** These reps have three customers each whose boss they only know as 张总: chat must ask which one. */
const ZHANG_REPS = new Set(['chenjing', 'huangwei', 'zhangpeng'])
const ZHANG_ROWS = [3, 6, 9]
const REPS = 10

/** The people at a customer; the buyer is replaced, from one day to the next, when that is the story. */
export function contactsOf(plan: CustomerPlan, random: Random): DemoContact[] {
  const people: Person[] = [{ role: 'buyer', title: random.pick(['采购经理', '采购主管', '采购专员']) }]
  if (hasZhang(plan)) people.push({ role: 'decider', title: '总经理', name: '张总' })
  else if (random.chance(0.6))
    people.push({ role: 'decider', title: random.pick(['总经理', '厂长', '副总']) })
  if (random.chance(0.45))
    people.push({ role: 'user', title: random.pick(['仓库主管', '设备工程师', '品质主管']) })
  const left = buyerLeaves(plan, random)
  if (left !== null) people.push({ role: 'buyer', title: '采购经理' })
  return people.map((person, at) => ({
    ...person,
    key: `${plan.key}-P${at + 1}`,
    name: person.name ?? personName(random),
    phone: fakePhone(plan.index, at + 1),
    from: at === people.length - 1 ? left : null,
    left: left !== null && at === 0 ? left : null,
  }))
}

function hasZhang({ rep, index }: CustomerPlan): boolean {
  return ZHANG_REPS.has(rep.key) && ZHANG_ROWS.includes(Math.floor(index / REPS))
}

function buyerLeaves({ course, from }: CustomerPlan, random: Random): Day | null {
  if (course.cause === 'buyer-left' && course.decline) return workday(course.decline.from)
  if (course.fate === 'buyer-moved' && course.scareOn !== null) return workday(course.scareOn)
  // One in eight others once had a change that did no harm.
  return random.chance(0.12) ? workday(random.int(from + 30, LAST_DAY)) : null
}
