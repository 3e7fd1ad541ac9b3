import { beforeAll, beforeEach, expect, it } from 'vitest'
import { digestCard } from '../../src/cards/digest.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { dayFromParts } from '../../src/model/day.ts'
import { occasionFor } from '../../src/store/occasions.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { textFor } from '../../src/text/index.ts'
import { addCustomer, addEvent, addMember, addScoreRun, putScore } from '../support/people.ts'
import { today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('birthdays and anniversaries', (ctx) => {
  let rep = 0
  let run = 0

  const found = () => occasionFor(ctx(), rep, { from: today(ctx()), before: today(ctx()) + 1 })

  async function contact(customer: string, birthday: string): Promise<number> {
    const { contacts } = await runSync(ctx(), {
      name: 'crm',
      async *pull() {
        yield {
          rows: [{ entity: 'contacts', line: 1, values: { customer, name: '张伟', birthday } }],
          next: '1',
        }
      },
    })
    return contacts.rejected
  }

  beforeAll(async () => {
    run = await addScoreRun(ctx(), today(ctx()))
  })
  beforeEach(async () => {
    await ctx().db.deleteFrom('contacts').execute()
    rep = (await addMember(ctx())).id
  })

  it('reads birthdays as people write them, and refuses days that do not exist', async () => {
    for (const birthday of ['11-23', '11月23日', '1985/11/23', '1985-11-23']) {
      const key = `k-${birthday}`
      await addCustomer(ctx(), { name: '华联超市', source_key: key, ownerId: rep })
      expect(await contact(key, birthday)).toBe(0)
      expect(await found()).toMatchObject({ customerName: '华联超市', contact: '张伟', years: null })
      await ctx().db.deleteFrom('contacts').execute()
      expect(await found()).toBeNull()
    }
    for (const wrong of ['13-01', '02-30', 'tomorrow']) expect(await contact('k-11-23', wrong)).toBe(1)
  })

  it('counts full years as a customer', async () => {
    await addCustomer(ctx(), { name: '东方纺织', ownerId: rep, since_on: dayFromParts(2021, 11, 23) })
    expect(await found()).toMatchObject({ customerName: '东方纺织', contact: null, years: 5 })
  })

  it('wishes nothing to a customer at risk, lost, with an open complaint, or of somebody else', async () => {
    const since_on = dayFromParts(2021, 11, 23)
    const bad = { run_id: run, as_of: today(ctx()), risk: 0.7 }
    await putScore(ctx(), {
      ...{ ...bad, customer_id: await addCustomer(ctx(), { ownerId: rep, since_on }), band: 'high' },
    })
    await putScore(ctx(), {
      ...{
        ...bad,
        customer_id: await addCustomer(ctx(), { ownerId: rep, since_on }),
        band: 'none',
        churned: 1,
      },
    })
    const angry = await addCustomer(ctx(), { ownerId: rep, since_on })
    const at = ctx().clock.now() - 1
    await addEvent(ctx(), { customer_id: angry, kind: 'complaint', at, day: today(ctx()) })
    await addCustomer(ctx(), { ownerId: (await addMember(ctx())).id, since_on })
    expect(await found()).toBeNull()
    await addEvent(ctx(), { customer_id: angry, kind: 'resolved', at: at + 1, day: today(ctx()) })
    expect(await found()).toMatchObject({ years: 5 })
  })

  it('is one line of the digest', () => {
    const on = today(ctx()) + 1
    const occasion = { customerName: '华联超市', contact: '张伟', years: null, on }
    const input = { repName: '王芳', day: on - 1, items: [], more: 0, due: [], asOf: on - 2, occasion }
    const lines = cardLines(digestCard(input, textFor('zh-CN')))
    expect(lines.filter((line) => line.includes('华联超市 张伟 11/24（周二）生日'))).toHaveLength(1)
  })
})
