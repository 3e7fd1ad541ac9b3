import type { MovableClock } from '../../src/clock.ts'
import { startHttp } from '../../src/http/app.ts'
import type { Adapter } from '../../src/model/chat.ts'
import type { PageLogin } from '../../src/model/login.ts'
import { PLAYGROUND } from '../../src/model/playground.ts'
import { fakeAdapter } from './fake-adapter.ts'
import { addScoreRun, putScore } from './people.ts'
import { type Company, customer, event, openCase, seedCompany, today } from './talk.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx, type TestCtx } from './test-ctx.ts'
import { type Visitor, visitor } from './visitor.ts'

export const PUBLIC = 'https://liuke.example.com'

export interface Board {
  readonly ctx: TestCtx
  readonly url: string
  readonly company: Company
  readonly customers: Readonly<Record<'own' | 'mate' | 'south' | 'unscored', number>>
  /** The real time, as sessions see it. */
  readonly clock: MovableClock
  /** A browser of its own. */
  visit(): Visitor
  /** Somebody of the company, logged in through the demo. */
  as(person: string): Promise<Visitor>
  stop(): Promise<void>
}

/**
 * The pages of a small company over HTTP: 王芳 has 张三制造 (at risk, with reasons, contacts, a case that is overdue)
 * and 新来机电 (too little data), 李强 of her team 赵家机电, 赵敏 of another team 南海物流.
 */
export async function startBoard(
  options: { logins?: readonly PageLogin[]; publicUrl?: string; settings?: object } = {},
): Promise<Board> {
  const { logins = [], publicUrl = null, settings = {} } = options
  const ctx = await sqliteCtx({ settings: { ...settings, http: { port: 0, publicUrl } } })
  const company = await seedCompany(ctx)
  const customers = await seedCustomers(ctx, company)
  const clock = frozenClock(MONDAY_9AM)
  const adapters: Adapter[] = publicUrl === null ? [fakeAdapter(PLAYGROUND)] : []
  const http = await startHttp(ctx, adapters, { logins, clock })
  const visit = (): Visitor => visitor(http.url, publicUrl ?? http.url)
  return {
    ctx,
    url: http.url,
    company,
    customers,
    clock,
    visit,
    async as(person) {
      const one = visit()
      const { status } = await one.post('/login/playground', { person })
      if (status !== 303) throw new Error(`${person} could not log in: ${status}`)
      return one
    },
    async stop() {
      await http.stop()
      await ctx.close()
    },
  }
}

async function seedCustomers(ctx: TestCtx, { members }: Company): Promise<Board['customers']> {
  const asOf = today(ctx) - 1
  const run_id = await addScoreRun(ctx, asOf)
  const customers = {
    own: await customer(ctx, { name: '张三制造', owner: members.wang, region: '华东' }),
    mate: await customer(ctx, { name: '赵家机电', owner: members.li, region: '华东' }),
    south: await customer(ctx, { name: '南海物流', owner: members.zhao, region: '华南' }),
    unscored: await customer(ctx, { name: '新来机电', owner: members.wang }),
  }
  const base = { run_id, as_of: asOf }
  const evidence = [
    {
      signal: 'complaint',
      points: 20,
      facts: [fact('complaint-open', asOf - 9, { days: 9, text: '封箱胶带' })],
    },
  ]
  await putScore(ctx, {
    ...{ ...base, customer_id: customers.own, risk: 0.82, band: 'urgent' },
    evidence_json: JSON.stringify(evidence),
  })
  await putScore(ctx, { ...base, customer_id: customers.mate, risk: 0.6, band: 'high' })
  await putScore(ctx, { ...base, customer_id: customers.south, risk: 0.4, band: 'medium' })
  await putScore(ctx, { ...base, customer_id: customers.unscored, risk: null, band: 'none', tier: 'unknown' })
  for (const [id, days] of [
    [customers.own, 50],
    [customers.mate, 30],
  ] as const)
    await event(ctx, id, { kind: 'order', day: asOf - days, amount: 123_400 })
  await event(ctx, customers.own, { kind: 'complaint', day: asOf - 9, text: '封箱胶带脱胶' })
  await contact(ctx, customers.own)
  const id = await openCase(ctx, { customer: customers.own, owner: members.wang })
  await ctx.db
    .updateTable('cases')
    .set({ due_at: ctx.clock.now() - 1 })
    .where('id', '=', id)
    .execute()
  await openCase(ctx, { customer: customers.mate, owner: members.li })
  return customers
}

function fact(kind: string, on: number, values: Record<string, string | number>) {
  return { kind, on, values, source: null }
}

async function contact(ctx: TestCtx, customerId: number): Promise<void> {
  await ctx.db
    .insertInto('contacts')
    .values({
      ...{ source: 'test', source_key: `contact-${customerId}`, customer_id: customerId },
      ...{
        name: '钱经理',
        role: 'buyer',
        title: '采购经理',
        phone: '13812345678',
        from_on: null,
        left_on: null,
      },
    })
    .execute()
}
