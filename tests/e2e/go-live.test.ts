import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { describeInBrowser } from '../support/browser.ts'
import { type PlayedDemo, playDemo } from '../support/played-demo.ts'
import type { PlaygroundPage } from '../support/playground-page.ts'

const ADMIN = 'admin'
const REP = 'chenjing'
/** The evaluation runs beside the morning, on a machine that may be busy. */
const EVALUATION_MS = 300_000

describeInBrowser('a scoring model goes live, on the demo company with the whole service', () => {
  let demo: PlayedDemo
  let me: PlaygroundPage

  beforeAll(async () => {
    demo = await playDemo()
    me = demo.me
    await me.become(ADMIN)
  })

  afterAll(() => demo?.close())

  const report = (title: string): Locator => me.cards().filter({ hasText: title }).last()

  /** What the newest scoring run was made with. */
  async function scorer(): Promise<string | undefined> {
    const { db, close } = openDatabase(demo.database)
    const row = await db
      .selectFrom('score_runs')
      .select('scorer')
      .where('state', '=', 'done')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    await close()
    return row?.scorer
  }

  it('is proposed after the first noon, with its back-test', async () => {
    await me.nextWorkday('11月24日 周二')
    const card = report('等你决定')
    await card.waitFor({ timeout: EVALUATION_MS })
    const text = await card.textContent()
    expect(text).toMatch(/AUC/)
    expect(text).toContain('只看多久没下单')
    expect(text).toContain('你不点，什么都不会变')
    expect(await scorer()).toBe('rules')
    await me.picture('go-live')
  })

  it('is nothing for a rep', async () => {
    await me.become(REP)
    const refused = await me.ask('上线')
    expect(await refused.textContent()).toContain('只有管理员可以用这个命令')
    await me.become(ADMIN)
  })

  it('is taken with one button, and scores the next night', async () => {
    await report('等你决定').getByRole('button', { name: '采用', exact: true }).click()
    const taken = report('评分模型 · 正在使用')
    await taken.waitFor()
    expect(await taken.textContent()).toContain('从下一次评分起生效')
    expect(await taken.getByRole('button').allTextContents()).toEqual(['改回规则', '重新评估'])
    expect(await scorer()).toBe('rules')
    await me.nextWorkday('11月25日 周三')
    expect(await scorer()).toMatch(/^learned:/)
    await me.become(REP)
    await me.card(/先联系/).waitFor()
  })

  it('gives its place back to the rules', async () => {
    await me.become(ADMIN)
    const live = await me.ask('上线')
    await live.getByRole('button', { name: '改回规则' }).click()
    await report('已停用').waitFor()
    await me.nextWorkday('11月26日 周四')
    expect(await scorer()).toBe('rules')
  })
})
