import { afterAll, beforeAll, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { seedDemo } from '../../src/main/demo.ts'
import { DEMO_START } from '../../src/sync/demo/index.ts'
import { describeInBrowser } from '../support/browser.ts'
import { type PlayedDemo, playDemo } from '../support/played-demo.ts'
import type { PlaygroundPage } from '../support/playground-page.ts'
import { seedTrial, TRIAL } from '../support/seed-trial.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const [REP, COLLEAGUE, LEAD] = ['chenjing', 'wanglei', 'fangmin']

interface Names {
  /** The rep's customers, by short name. */
  readonly customers: readonly string[]
  /** A surname that contacts of several of the rep's customers have. */
  readonly surname: string
}

/** Logs in one sentence, replies and corrections have a story of their own: `free-text.test.ts`. */
describeInBrowser('the loop closes in the playground, one tap after the other', () => {
  let demo: PlayedDemo
  let me: PlaygroundPage
  let names: Names

  beforeAll(async () => {
    demo = await playDemo({
      settings: { retention: { holdout: TRIAL } },
      prepare: async (settings) => {
        names = await company(settings)
      },
    })
    me = demo.me
    await me.become(REP)
    await me.card(/先联系/).waitFor()
  })

  afterAll(() => demo?.close())

  /** Loads the demo company, with a trial behind it, and picks the names of the story. */
  async function company(settings: { database: string }): Promise<Names> {
    const at = Date.parse('2026-11-23T08:00:00+08:00')
    const ctx = await sqliteCtx({ file: settings.database, at, settings })
    await seedDemo(ctx)
    await seedTrial(
      { ...ctx, clock: { ...ctx.clock, now: () => calendarFor(ctx.settings).instant(DEMO_START - 62, 540) } },
      DEMO_START - 62,
    )
    const rows = await ctx.db
      .selectFrom('customers')
      .innerJoin('members', 'members.id', 'customers.owner_id')
      .leftJoin('contacts', 'contacts.customer_id', 'customers.id')
      .select(['customers.short_name', 'contacts.name'])
      .where('members.source_key', '=', REP)
      .orderBy('customers.id')
      .execute()
    await ctx.close()
    const owners = new Map<string, Set<string>>()
    for (const { short_name, name } of rows) {
      const surname = name?.slice(0, 1) ?? ''
      owners.set(surname, (owners.get(surname) ?? new Set()).add(short_name ?? ''))
    }
    const [surname = ''] = [...owners].find(([key, of]) => key !== '' && of.size > 1 && of.size < 5) ?? []
    const shorts = rows.flatMap(({ short_name }) => short_name ?? [])
    return { customers: [...new Set(shorts)], surname }
  }

  const digest = () => me.card(/先联系/)

  it('a name that may be two customers is asked back, and nothing is written before', async () => {
    const asked = await me.ask(`联系了${names.surname}总，客户很满意，下周三再约`)
    await asked.getByRole('heading', { name: '这条跟进记到哪个客户？' }).waitFor()
    expect(await asked.textContent()).toContain('还没有记录')
    await me.picture('which-customer')
    const buttons = asked.getByRole('button')
    const chosen = await buttons.first().textContent()
    const echo = await me.opens(buttons.first())
    expect(await echo.textContent()).toContain(`已记录 · ${chosen?.replace(/^\d+ /, '')}`)
  })

  it('稍后: until when, why, and the digest says so', async () => {
    const asked = await me.opens(digest().getByRole('button', { name: '稍后' }).first())
    await asked.getByRole('button', { name: /^下周一/ }).click()
    await me.card(/稍后|待确认|跟进中/).waitFor()
    await me.cards().getByRole('button', { name: '等客户答复' }).last().click()
    await me.cards().filter({ hasText: '等客户答复' }).last().waitFor()
    await digest()
      .getByText(/稍后，11\/30（周一）/)
      .waitFor()
    await me.picture('snoozed')
  })

  it('误报: why, and it is taken back', async () => {
    const asked = await me.opens(digest().getByRole('button', { name: '误报' }).first())
    const done = await me.turns(asked.getByRole('button', { name: '季节性' }), /误报/)
    await digest().getByText('✓ 误报').waitFor()
    await me.picture('false-alarm')
    await me.opens(done.getByRole('button', { name: '撤销' }))
    await digest().getByText('✓ 误报').waitFor({ state: 'detached' })
  })

  it('转交: the colleague hears of it', async () => {
    const name = names.customers[0] ?? ''
    const asked = await me.ask(`转交 ${name} 王磊 客户要求换人`)
    await me.turns(asked.getByRole('button', { name: '客户也转' }), /^已转交/)
    await me.picture('handed-over')
    await me.become(COLLEAGUE)
    const told = me.card(/^陈静 转给你/)
    await told.waitFor()
    expect(await told.textContent()).toContain('客户要求换人')
    await me.picture('taken-over')
    await me.become(REP)
  })

  it('请假: the deputy stands in, and the first morning back begins with a summary', async () => {
    const leave = await me.ask('请假 明天 转 王磊')
    expect(await leave.textContent()).toMatch(/陈静 请假 11\/24.*王磊.*11\/25（周三）自动恢复/)
    await me.picture('leave')
    await me.nextWorkday('11月24日 周二')
    await me.become(COLLEAGUE)
    await me.card(/^请代 陈静 跟进/).waitFor()
    await me
      .card(/11\/24（周二）/)
      .getByText('代 陈静')
      .first()
      .waitFor()
    await me.picture('stand-in')
    await me.nextWorkday('11月25日 周三')
    await me.become(REP)
    await me.card(/^陈静，你不在时/).waitFor()
    await me.picture('welcome-back')
  })

  it('成效: the lead sees what the alerts changed, as a picture and in words', async () => {
    await me.become(LEAD)
    const effect = await me.ask('成效')
    expect(await effect.textContent()).toMatch(/95 % 区间.*提醒组.*对照组.*口径/s)
    const chart = effect.getByRole('img')
    await chart.scrollIntoViewIfNeeded()
    await me.page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('.picture img')].some((one) => one.naturalWidth > 1),
    )
    await me.picture('effect')
    await me.open('华东销售群')
    const inGroup = await me.ask('成效')
    expect(await inGroup.textContent()).toContain('对照组')
    await me.picture('effect-group')
  })
})
