import { isoFromDay } from '../../../src/model/day.ts'
import { DEMO_START } from '../../../src/sync/demo/index.ts'
import { runCli } from '../spawn-cli.ts'

/** What one rep is to get in the morning: customers in their order, then expected orders. */
export interface Planned {
  readonly customers: readonly string[]
  readonly orders: readonly string[]
}

/** The plan of a day by rep, as `liuke push --dry-run` tells it. `day`: 0 is the demo's first Monday. */
export async function plannedDigests(config: string, day: number): Promise<ReadonlyMap<string, Planned>> {
  const args = ['--config', config, 'push', '--as-of', isoFromDay(DEMO_START + day), '--dry-run']
  const { code, stdout, stderr } = await runCli(args)
  if (code !== 0) throw new Error(`the plan of the day: ${stderr}`)
  const plan = new Map<string, { customers: string[]; orders: string[] }>()
  let rep = ''
  for (const line of stdout.split('\n')) {
    const [, name] = /^(\S+)：\d+ 家（另有/.exec(line) ?? []
    const [, customer] = /^ {2}\d+\. (.+?) · /.exec(line) ?? []
    const [, order] = /^ {2}· (.+?) · 下单时间/.exec(line) ?? []
    if (name !== undefined) {
      rep = name
      plan.set(rep, { customers: [], orders: [] })
    }
    if (customer !== undefined) plan.get(rep)?.customers.push(customer)
    if (order !== undefined) plan.get(rep)?.orders.push(order)
  }
  return plan
}
