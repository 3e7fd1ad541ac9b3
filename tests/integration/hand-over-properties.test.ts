import { beforeAll, expect, it } from 'vitest'
import { asAppError } from '../../src/errors.ts'
import { handOverJob } from '../../src/jobs/hand-over.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { presentDigest } from '../../src/jobs/present.ts'
import type { Member } from '../../src/model/member.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { endLeave, takeLeave } from '../../src/retention/absence.ts'
import { handOverLeaver } from '../../src/retention/leavers.ts'
import { passOn, TRANSFER_ACTIONS, undoTransfer } from '../../src/retention/pass-on.ts'
import { lastUndoable } from '../../src/store/audit.ts'
import { dutyOn } from '../../src/store/duty.ts'
import { memberById } from '../../src/store/members.ts'
import { textFor } from '../../src/text/index.ts'
import { fc } from '../support/fast-check.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { customer, openCase, seedCompany, today } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

/** People and customers of the story by number. */
const person = fc.nat(4)
const step = fc.oneof(
  fc.record({ do: fc.constant('leave' as const), who: person, to: fc.option(person), days: fc.nat(4) }),
  fc.record({ do: fc.constant('back' as const), who: person }),
  fc.record({ do: fc.constant('left' as const), who: person }),
  fc.record({ do: fc.constant('returned' as const), who: person }),
  fc.record({
    do: fc.constant('pass' as const),
    who: person,
    to: person,
    customer: fc.nat(5),
    what: fc.constantFrom('case' as const, 'customer' as const),
  }),
  fc.record({ do: fc.constant('decide' as const), who: person, to: fc.option(person), by: person }),
  fc.record({ do: fc.constant('undo' as const), who: person }),
  fc.record({ do: fc.constant('morning' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

describeEachDatabase('whatever people do with leave, transfer and leaving', (ctxNow) => {
  let ctx: TestCtx
  let people: readonly number[]
  let customers: readonly number[]

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    people = [members.wang, members.li, members.zhao, members.lead, members.admin]
    const made: number[] = []
    const run = await addScoreRun(ctx, today(ctx) - 1)
    for (const [at, owner] of [0, 0, 1, 1, 2, 3].entries()) {
      const id = await customer(ctx, { name: `客户${at}`, owner: people[owner] ?? null })
      await openCase(ctx, { customer: id, owner: people[owner] ?? 0 })
      await putScore(ctx, { customer_id: id, run_id: run, as_of: today(ctx) - 1, risk: 0.8, band: 'high' })
      made.push(id)
    }
    customers = made
  })

  const id = (index: number): number => people[index] ?? 0

  async function take(one: Step): Promise<void> {
    const actor = 'who' in one ? await memberById(ctx, id(one.who)) : null
    const day = today(ctx)
    if (one.do === 'morning' || !actor) return nextMorning()
    switch (one.do) {
      case 'pass':
      case 'decide':
      case 'undo':
        return give(one, actor)
      case 'leave': {
        const deputyId = one.to === null ? null : id(one.to)
        await takeLeave(ctx, { actor, memberId: actor.id, deputyId, from: day, until: day + 1 + one.days })
        return
      }
      case 'back':
        return void (await endLeave(ctx, { actor, memberId: actor.id, today: day }))
      case 'left':
      case 'returned': {
        // The administrator stays, as in every company that still runs.
        const active = one.do === 'returned' || one.who === 4 ? 1 : 0
        return void (await ctx.db.updateTable('members').set({ active }).where('id', '=', actor.id).execute())
      }
    }
  }

  async function give(one: Extract<Step, { do: 'pass' | 'decide' | 'undo' }>, actor: Member): Promise<void> {
    switch (one.do) {
      case 'pass': {
        const customerId = customers[one.customer] ?? 0
        return void (await passOn(ctx, { actor, customerId, toId: id(one.to), what: one.what, reason: null }))
      }
      case 'decide': {
        const by = (await memberById(ctx, id(one.by))) ?? actor
        const toId = one.to === null ? null : id(one.to)
        return void (await handOverLeaver(ctx, { actor: by, leaverId: actor.id, toId }))
      }
      case 'undo': {
        const last = await lastUndoable(ctx, actor.id, TRANSFER_ACTIONS, 0)
        if (last && actor.active) await undoTransfer(ctx, actor.id, last)
      }
    }
  }

  /** The digests of the next day are written and wait. */
  async function nextMorning(): Promise<void> {
    ctx.clock.advanceTo(ctx.clock.now() + 86_400_000)
    const day = today(ctx)
    await ctx.db.updateTable('cases').set({ last_pushed_on: null }).execute()
    const present = presentDigest(day - 1, textFor('zh-CN'))
    await enqueuePlan(ctx, await planWithHoldout(ctx, day, { dryRun: false }), present, ctx.clock.now())
  }

  async function holds(): Promise<void> {
    const duty = await dutyOn(ctx)
    const cases = await ctx.db.selectFrom('cases').selectAll().where('closed_at', 'is', null).execute()
    expect(cases).toHaveLength(customers.length)
    for (const one of cases) {
      expect(duty.colleagues.get(Number(one.owner_id))?.active, `case of ${one.customer_id}`).toBe(true)
      expect(Number(one.due_at)).toBeGreaterThan(0)
    }
    for (const rep of (await planWithHoldout(ctx, today(ctx), { dryRun: false })).reps) {
      expect(rep.memberId !== null && duty.isThere(rep.memberId), rep.name ?? '').toBe(true)
    }
    const waiting = await ctx.db
      .selectFrom('outbox')
      .innerJoin('identities', (join) => join.onRef('identities.platform', '=', 'outbox.platform'))
      .select(['outbox.address', 'identities.person', 'identities.member_id'])
      .where('state', '=', 'pending')
      .where('lane', 'in', ['digest', 'urgent'])
      .execute()
    for (const one of waiting.filter(({ address, person }) => address === `dm:${person}`)) {
      expect(duty.isThere(Number(one.member_id)), `a push to ${one.person}`).toBe(true)
    }
  }

  it('no open case lacks an active owner, and no push is for somebody who is not there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await ctx.db.updateTable('members').set({ active: 1 }).execute()
        await handOverJob.run(ctx, 0, new AbortController().signal)
        for (const one of steps) {
          await take(one).catch((error: unknown) => {
            // What is not allowed or came too late is refused, and changes nothing.
            expect(['not-found', 'not-allowed', 'conflict', 'bad-input']).toContain(asAppError(error).code)
          })
          await handOverJob.run(ctx, 0, new AbortController().signal)
          await holds()
        }
      }),
      { numRuns: 12 },
    )
  })
})
