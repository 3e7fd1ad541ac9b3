import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/context.ts'
import { playsOfPush } from '../../src/jobs/plays-of-push.ts'
import { alignScripts } from '../../src/retention/plays/align-scripts.ts'
import { type PlayBook, readPlays } from '../../src/retention/plays/book.ts'
import { rememberPushed } from '../../src/retention/plays/remember.ts'
import { latestScripts, runningExperiment } from '../../src/store/experiments.ts'
import { addScoreRun } from '../support/people.ts'
import { editedBook } from '../support/plays.ts'
import { type Company, customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const SILENT = [{ signal: 'overdue', points: 30, facts: [] }]
const NAME = 'script:silence-light'

/** The shipped book with two scripts for the play of silent customers. */
function book(a = '发消息附常购品', b = '打电话问库存'): PlayBook {
  return readPlays(
    editedBook(({ plays }) => {
      const play = plays['silence-light']
      if (!play) throw new Error('the play is gone')
      const script = (zh: string) => ({
        action: { zh, en: `do ${zh}` },
        draft: { zh: [`${zh}，您看行吗？`], en: [`${zh}, is that fine?`] },
      })
      play.variants = { a: script(a), b: script(b) }
    }),
  )
}

describeEachDatabase('话术 trials', (ctx) => {
  let company: Company
  let number = 0

  beforeAll(async () => {
    company = await seedCompany(ctx())
  })
  beforeEach(async () => {
    for (const table of [
      'customer_plays',
      'cases',
      'assignments',
      'experiments',
      'audit',
      'score_runs',
    ] as const)
      await ctx().db.deleteFrom(table).execute()
  })

  /** A new customer whose case is pushed on `day`; the script it got. */
  async function pushed(using: PlayBook, day = today(ctx())) {
    const name = `客户${number++}号`
    const customerId = await customer(ctx(), { name, owner: company.members.wang })
    await event(ctx(), customerId, { kind: 'order', day: day - 90, amount: 1 })
    const caseId = await openCase(ctx(), {
      customer: customerId,
      owner: company.members.wang,
      evidence: SILENT,
    })
    const run = await push({ customerId, caseId, day }, using)
    return { name, customerId, caseId, variant: run.variant }
  }

  function push(one: { customerId: number; caseId: number; day: number }, using: PlayBook) {
    return inTransaction(ctx(), (inner) => rememberPushed(inner, one, using))
  }

  async function audited(): Promise<string[]> {
    const rows = await ctx().db.selectFrom('audit').select('action').orderBy('id').execute()
    return rows.map(({ action }) => action)
  }

  it('two scripts are a trial; other words end it and start another, none end it', async () => {
    const day = today(ctx())
    await alignScripts(ctx(), day, book())
    const first = await runningExperiment(ctx(), NAME)
    expect(first).toMatchObject({ share: 0.5, windowDays: 30, minEffect: 0.15, power: 0.8 })
    await alignScripts(ctx(), day + 1, book())
    expect(await runningExperiment(ctx(), NAME)).toEqual(first)
    await alignScripts(ctx(), day + 2, book('发消息附常购品', '打电话问库存和计划'))
    const second = await runningExperiment(ctx(), NAME)
    expect(second?.id).toBeGreaterThan(first?.id ?? 0)
    expect(second?.seed).not.toBe(first?.seed)
    expect(await audited()).toEqual(['script-start', 'script-end', 'script-start'])
    await alignScripts(ctx(), day + 3)
    expect(await runningExperiment(ctx(), NAME)).toBeNull()
    expect((await latestScripts(ctx())).map(({ id }) => id)).toEqual([second?.id])
    expect((await audited()).at(-1)).toBe('script-end')
  })

  it('draws by lot when a case is pushed, keeps the lot, and shows nothing before the trial', async () => {
    expect((await pushed(book())).variant).toBeNull()
    await alignScripts(ctx(), today(ctx()), book())
    const drawn = []
    for (let n = 0; n < 20; n++) drawn.push(await pushed(book()))
    expect(drawn.filter(({ variant }) => variant === 'a')).toHaveLength(10)
    expect(drawn.filter(({ variant }) => variant === 'b')).toHaveLength(10)
    const [one] = drawn
    if (!one) throw new Error('nobody')
    await ctx()
      .db.updateTable('cases')
      .set({ state: 'won', closed_at: 1 })
      .where('id', '=', one.caseId)
      .execute()
    const again = await openCase(ctx(), {
      customer: one.customerId,
      owner: company.members.wang,
      evidence: SILENT,
    })
    const next = { customerId: one.customerId, caseId: again, day: today(ctx()) + 20 }
    expect((await push(next, book())).variant).toBe(one.variant)
    expect(await ctx().db.selectFrom('assignments').selectAll().execute()).toHaveLength(20)
  })

  it('a customer of an ended trial takes no part in the next until its outcome is known', async () => {
    await alignScripts(ctx(), today(ctx()), book())
    const { customerId, caseId } = await pushed(book())
    const other = book('换一句', '再换一句')
    await alignScripts(ctx(), today(ctx()) + 1, other)
    await ctx().db.deleteFrom('customer_plays').execute()
    expect((await push({ customerId, caseId, day: today(ctx()) + 1 }, other)).variant).toBeNull()
    await ctx().db.deleteFrom('customer_plays').execute()
    expect((await push({ customerId, caseId, day: today(ctx()) + 100 }, other)).variant).not.toBeNull()
  })

  it('a rep sees the own script in 打法, 我的, 草稿 and the digest, and never the other', async () => {
    await alignScripts(ctx(), today(ctx()), book())
    const wang = speaker(ctx(), 'wang')
    for (let n = 0; n < 10; n++) {
      const { name, variant, ...pushedNow } = await pushed(book())
      const [own, other] =
        variant === 'a' ? ['发消息附常购品', '打电话问库存'] : ['打电话问库存', '发消息附常购品']
      for (const words of [`打法 ${name}`, `草稿 ${name}`]) {
        const { text } = await wang.says(words)
        expect(text, words).toContain(own)
        expect(text, words).not.toContain(other)
      }
      const again = { ...pushedNow, day: today(ctx()) }
      expect(await inTransaction(ctx(), (inner) => playsOfPush.start(inner, again))).toBe(own)
    }
    expect((await wang.says('我的')).text).toMatch(/第 1 步：(发消息附常购品|打电话问库存)/)
  })

  describe('成效 话术', () => {
    /** So many customers a script, of whom these ordered; scored again when all outcomes are known. */
    async function lived(each: number, ordered: { a: number; b: number }): Promise<void> {
      const day = today(ctx()) - 60
      await alignScripts(ctx(), day, book())
      const left = { ...ordered }
      for (let n = 0; n < 2 * each; n++) {
        const { customerId, variant } = await pushed(book(), day)
        if (variant === null || left[variant]-- <= 0) continue
        await event(ctx(), customerId, { kind: 'order', day: day + 5, amount: 1 })
      }
      await addScoreRun(ctx(), today(ctx()) - 1)
    }

    it('tells how to begin', async () => {
      const lead = speaker(ctx(), 'lead')
      expect((await lead.says('成效 话术')).text).toContain('还没有话术试验')
      expect((await speaker(ctx(), 'wang').says('成效 话术')).text).toContain('主管')
    })

    it('says how many are missing, of the customers the reader may see', async () => {
      await lived(10, { a: 4, b: 2 })
      const said = await speaker(ctx(), 'lead').says('成效 话术')
      expect(said.text).toContain('「一条消息问近况」')
      expect(said.text).toContain('A 4/10 家下单 · B 2/10 家下单')
      expect(said.text).toMatch(/样本不足，还差：A \d+ 家、B \d+ 家/)
      expect((await speaker(ctx(), 'admin').says('成效 话术 华南')).text).toContain('A 0/0 家下单')
    })

    it('gives the difference with its interval once there are enough', async () => {
      const db: TestCtx = ctx()
      const retention = {
        ...db.settings.retention,
        scripts: { windowDays: 30, minEffect: 0.5, power: 0.8 } as const,
      }
      Object.assign(db.settings, { retention })
      await lived(20, { a: 16, b: 2 })
      const said = await speaker(db, 'lead').says('effect scripts')
      expect(said.text).toMatch(/A \d+\.\d % （\d+ 家）|A \d+\.\d %（\d+ 家）/)
      expect(said.text).toMatch(/A 比 B \+\d+\.\d 个百分点（\+\d+\.\d ～ \+\d+\.\d 点）：A 更好/)
    })
  })
})
