import { describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import { overdue } from '../../src/jobs/overdue.ts'
import { type CaseAction, isOpen } from '../../src/model/case.ts'
import type { Member } from '../../src/model/member.ts'
import { dueAfterWorkdays, openOrJoin } from '../../src/push/open-case.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { caseFor } from '../../src/store/cases.ts'
import { type CaseModel, FRESH, isClosed, predict } from '../support/case-model.ts'
import { fc } from '../support/fast-check.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { today } from '../support/talk.ts'
import { tempFolder } from '../support/temp-files.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

type Open = TestCtx & { close(): Promise<void> }

/** The service with one customer, and two people who press its buttons. */
interface Real {
  ctx: Open
  /** Another process on the same database; null where there is none. */
  reopen: ((at: number) => Promise<Open>) | null
  people: readonly Member[]
  customerId: number
  caseId: number
}
interface Model {
  case: CaseModel
}
type Step = fc.AsyncCommand<Model, Real>

const PEOPLE = ['lead', 'admin'] as const
const actor = fc.nat(PEOPLE.length - 1)
const days = fc.integer({ min: 1, max: 9 })
/** Days are counted from today when the step runs. */
const action = fc.oneof(
  fc.constant({ kind: 'contacted' as const }),
  fc.record({
    kind: fc.constant('follow-up' as const),
    effective: fc.boolean(),
    nextOn: fc.option(days),
  }),
  fc.record({ kind: fc.constant('snooze' as const), until: days }),
  fc.record({ kind: fc.constant('false-alarm' as const), reason: fc.constantFrom('seasonal', 'long-cycle') }),
  fc.constant({ kind: 'won' as const }),
  fc.constant({ kind: 'lost' as const, reason: 'price' as const }),
  fc.constant({ kind: 'clean' as const }),
  fc.constant({ kind: 'undo' as const }),
) as fc.Arbitrary<CaseAction>

function dated(one: CaseAction, day: number): CaseAction {
  if (one.kind === 'snooze') return { ...one, until: day + one.until }
  if (one.kind === 'follow-up') return { ...one, nextOn: one.nextOn === null ? null : day + one.nextOn }
  return one
}

function act(r: Real, who: number, given: CaseAction) {
  const [first] = r.people
  const by = r.people[who] ?? first
  if (!by) throw new Error('nobody to act')
  return takeAction(r.ctx, { caseId: r.caseId, actor: by, action: given, at: r.ctx.clock.now() })
}

function press(who: number, raw: CaseAction): Step {
  return {
    check: () => true,
    async run(m, r) {
      const given = dated(raw, today(r.ctx))
      const before = m.case
      m.case = predict(before, who, given, r.ctx.clock.now())
      const outcome = await act(r, who, given)
      expect(outcome.changed).toBe(m.case !== before)
      await agree(m, r)
    },
    toString: () => `press ${who} ${JSON.stringify(raw)}`,
  }
}

/** Two people at once: the end is that of one order or of the other, and both hear what stands. */
function pressTogether(one: CaseAction, other: CaseAction): Step {
  return {
    check: () => true,
    async run(m, r) {
      const [a, b] = [dated(one, today(r.ctx)), dated(other, today(r.ctx))]
      const at = r.ctx.clock.now()
      const orders = [
        predict(predict(m.case, 0, a, at), 1, b, at),
        predict(predict(m.case, 1, b, at), 0, a, at),
      ]
      const outcomes = await Promise.all([act(r, 0, a), act(r, 1, b)])
      const rows = m.case.rows + outcomes.filter(({ changed }) => changed).length
      const now = await caseFor(r.ctx, UNSCOPED, r.caseId)
      const fits = orders.find(({ standing, rows: n }) => standing.state === now?.state && n === rows)
      expect(fits).toBeDefined()
      if (fits) m.case = fits
      await agree(m, r)
    },
    toString: () => `together ${JSON.stringify(one)} ${JSON.stringify(other)}`,
  }
}

const jump = (minutes: number): Step => ({
  check: () => true,
  async run(m, r) {
    r.ctx.clock.advanceTo(r.ctx.clock.now() + minutes * 60_000)
    await overdue.run(r.ctx, 0, new AbortController().signal)
    await agree(m, r)
  },
  toString: () => `jump ${minutes} min`,
})

const restart = (): Step => ({
  check: () => true,
  async run(m, r) {
    if (!r.reopen) return
    const at = r.ctx.clock.now()
    await r.ctx.close()
    r.ctx = await r.reopen(at)
    await agree(m, r)
  },
  toString: () => 'restart',
})

/** The customer is pushed again: joins the open case, or opens the next. */
const push = (): Step => ({
  check: () => true,
  async run(m, r) {
    const earlier = r.caseId
    r.caseId = await opened(r)
    expect(r.caseId === earlier).toBe(!isClosed(m.case))
    if (r.caseId !== earlier) m.case = FRESH
    const one = await caseFor(r.ctx, UNSCOPED, r.caseId)
    // A due time that lies behind is set anew.
    m.case = { ...m.case, standing: { ...m.case.standing, dueOn: dueOn(r, one?.dueAt ?? 0) } }
    await agree(m, r)
  },
  toString: () => 'push',
})

async function opened({ ctx, customerId, people }: Real): Promise<number> {
  const day = today(ctx)
  const opening = { risk: 0.7, band: 'high', scoreRunId: null, evidence: [], eventId: null, day } as const
  const dueAt = dueAfterWorkdays(ctx, day, 3)
  const ownerId = people[0]?.id ?? 0
  return (await openOrJoin(ctx, { ...opening, customerId, ownerId, lane: 'digest', dueAt })).id
}

function dueOn({ ctx }: Real, at: number): number {
  return calendarFor(ctx.settings).dayOf(at)
}

/** The case is as the model has it; an open one has an active owner and a due time; nothing is missing in its history. */
async function agree(m: Model, r: Real): Promise<void> {
  const one = await caseFor(r.ctx, UNSCOPED, r.caseId)
  const { dueOn: due, ...standing } = m.case.standing
  expect(one).toMatchObject(standing)
  if (one && due !== null) expect(dueOn(r, one.dueAt)).toBe(due)
  expect(one?.closedAt === null).toBe(one !== null && isOpen(one.state))
  expect(r.people.find(({ id }) => id === one?.ownerId)?.active).toBe(true)
  expect(one?.dueAt).toBeGreaterThan(0)
  const byPeople = (await caseHistory(r.ctx, r.caseId)).filter((row) => row.memberId !== null)
  expect(byPeople).toHaveLength(m.case.rows)
}

async function start(ctx: Open, reopen: Real['reopen']): Promise<Real> {
  const people: Member[] = []
  for (const role of PEOPLE) people.push(await addMember(ctx, { role, teamId: null }))
  // A lead without a team sees own customers; the administrator sees all.
  const customerId = await addCustomer(ctx, { ownerId: people[0]?.id ?? 0 })
  const real = { ctx, reopen, people, customerId, caseId: 0 }
  real.caseId = await opened(real)
  return real
}

const steps = fc.commands(
  [
    fc.tuple(actor, action).map(([who, one]) => press(who, one)),
    fc.tuple(action, action).map(([one, other]) => pressTogether(one, other)),
    fc.constantFrom(1, 11, 600, 1440 * 4).map(jump),
    fc.constant(restart()),
    fc.constant(push()),
  ],
  { maxCommands: 25 },
)

const folder = tempFolder()
let files = 0

describe('whatever people do with a case', () => {
  it('goes as the rules say, also after restarts [sqlite file]', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const file = folder.path(`${files++}.db`)
        const real = await start(await sqliteCtx({ file }), (at) => sqliteCtx({ file, at }))
        try {
          await fc.asyncModelRun(() => ({ model: { case: FRESH }, real }), commands)
        } finally {
          await real.ctx.close()
        }
      }),
      { numRuns: 40 },
    )
  })

  it('goes as the rules say [pglite]', async () => {
    const ctx = await pgliteCtx()
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const real = await start(ctx, null)
        await fc.asyncModelRun(() => ({ model: { case: FRESH }, real }), commands)
      }),
      { numRuns: 25 },
    )
    await ctx.close()
  })
})
