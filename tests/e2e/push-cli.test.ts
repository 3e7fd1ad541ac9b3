import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayFromIso } from '../../src/model/day.ts'
import { setState } from '../../src/store/state.ts'
import { addCustomer, addMember, addScoreRun, putScore } from '../support/people.ts'
import { type CliRun, runCli } from '../support/spawn-cli.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const MONDAY = '2026-11-23'
const ON_SUNDAY = (dayFromIso(MONDAY) ?? 0) - 1

describe('liuke push', () => {
  let file: string
  let ctx: TestCtx & { close(): Promise<void> }

  const push = (...args: string[]): Promise<CliRun> => runCli(['--db', file, ...args])
  const json = async (...args: string[]): Promise<unknown> => {
    const { code, stdout } = await push('--json', 'push', ...args)
    expect(code).toBe(0)
    return JSON.parse(stdout)
  }
  const outbox = () => ctx.db.selectFrom('outbox').select(['id', 'lane']).execute()

  beforeEach(async () => {
    file = join(mkdtempSync(join(tmpdir(), 'liuke-')), 'liuke.db')
    ctx = await sqliteCtx({ file })
    const rep = await addMember(ctx, { name: '李娜' })
    const run_id = await addScoreRun(ctx, ON_SUNDAY)
    const owners = [rep.id, rep.id, rep.id, rep.id, rep.id, rep.id, null]
    for (const [index, ownerId] of owners.entries()) {
      const customer_id = await addCustomer(ctx, { name: `客户${index}`, ownerId })
      await putScore(ctx, { customer_id, run_id, as_of: ON_SUNDAY, risk: 0.7, band: 'high' })
    }
  })
  afterEach(() => ctx.close())

  it('shows the plan and writes nothing with --dry-run, customers without an owner too', async () => {
    const held = { budget: 1, quiet: 0, holdout: 0, snoozed: 0 }
    expect(await json('--as-of', MONDAY, '--dry-run')).toEqual({ planned: 6, sent: 0, held })
    expect(await outbox()).toEqual([])
    expect(await ctx.db.selectFrom('cases').select('id').execute()).toEqual([])
    const { stdout } = await push('push', '--as-of', MONDAY, '--dry-run')
    for (const words of ['李娜：5 家', '未分配：1 家', '1. 客户0']) expect(stdout).toContain(words)
  })

  it('hands the digests to the outbox, once', async () => {
    expect(await json('--as-of', MONDAY)).toMatchObject({ planned: 5, sent: 5, held: { budget: 1 } })
    expect(await json('--as-of', MONDAY)).toMatchObject({ sent: 0, held: { quiet: 5 } })
    expect(await outbox()).toMatchObject([{ lane: 'digest' }])
  })

  it('plans nothing on a day off', async () => {
    expect(await json('--as-of', '2026-11-28', '--dry-run')).toMatchObject({ planned: 0, held: { quiet: 7 } })
  })

  it('says in one sentence why it cannot', async () => {
    const future = await push('push', '--as-of', '2026-11-20', '--dry-run')
    expect(future).toMatchObject({ code: 1, stdout: '' })
    expect(future.stderr).toContain('liuke score --as-of 2026-11-20')
    expect(await push('push', '--as-of', 'soon')).toMatchObject({ code: 2 })
    await setState(ctx, 'push.paused', '1')
    expect((await push('push', '--as-of', MONDAY)).stderr).toContain('推送已暂停')
    const empty = join(mkdtempSync(join(tmpdir(), 'liuke-')), 'empty.db')
    const unscored = await runCli(['--db', empty, 'push'])
    expect(unscored).toMatchObject({ code: 1, stderr: expect.stringContaining('liuke score') })
  })
})
