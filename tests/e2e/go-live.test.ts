import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { describeInBrowser, openBrowser } from '../support/browser.ts'
import { type RunningService, startLiuke } from '../support/running-service.ts'

const ADMIN = 'admin'
const REP = 'chenjing'
const START_MS = 120_000
const STEP_MS = 60_000
/** The evaluation runs beside the morning, on a machine that may be busy. */
const EVALUATION_MS = 150_000

describeInBrowser('a scoring model goes live, on the demo company with the whole service', () => {
  let folder: string
  let database: string
  let service: RunningService
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liuke-go-live-'))
    database = join(folder, 'demo.db')
    const config = join(folder, 'liuke.json')
    writeFileSync(
      config,
      JSON.stringify({ database, demo: { enabled: true }, playground: { enabled: true } }),
    )
    service = await startLiuke(config)
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    page.setDefaultTimeout(STEP_MS)
    await page.goto(service.url)
    await become(ADMIN)
  }, START_MS)

  afterAll(async () => {
    await browser?.close()
    const code = await service?.stop()
    rmSync(folder, { recursive: true })
    expect(code).toBe(0)
  })

  const become = async (person: string): Promise<void> => {
    await page.getByRole('combobox', { name: '身份' }).selectOption(person)
  }
  const cards = (): Locator => page.getByRole('log', { name: '消息记录' }).locator('article section')
  const report = (title: string): Locator => cards().filter({ hasText: title }).last()

  async function nextWorkday(day: string): Promise<void> {
    await page.getByRole('button', { name: '快进到下个工作日' }).click()
    await page.getByRole('timer').getByText(day).waitFor()
    await page.getByRole('button', { name: '快进到下个工作日', disabled: false }).waitFor()
  }

  async function say(text: string): Promise<void> {
    await page.getByRole('textbox', { name: '消息' }).fill(text)
    await page.getByRole('button', { name: '发送' }).click()
  }

  /** What the newest scoring run was made with. */
  async function scorer(): Promise<string | undefined> {
    const { db, close } = openDatabase(database)
    const row = await db
      .selectFrom('score_runs')
      .select('scorer')
      .where('state', '=', 'done')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    await close()
    return row?.scorer
  }

  it(
    'is proposed after the first noon, with its back-test',
    async () => {
      await nextWorkday('11月24日 周二')
      const card = report('等你决定')
      await card.waitFor({ timeout: EVALUATION_MS })
      const text = await card.textContent()
      expect(text).toMatch(/AUC/)
      expect(text).toContain('只看多久没下单')
      expect(text).toContain('你不点，什么都不会变')
      expect(await scorer()).toBe('rules')
      const pictures = process.env.LIUKE_SCREENSHOTS
      if (pictures) await page.screenshot({ path: join(pictures, 'go-live.png') })
    },
    START_MS + EVALUATION_MS,
  )

  it(
    'is nothing for a rep',
    async () => {
      await become(REP)
      await say('上线')
      await cards().filter({ hasText: '只有管理员可以用这个命令' }).waitFor()
      await become(ADMIN)
    },
    STEP_MS,
  )

  it(
    'is taken with one button, and scores the next night',
    async () => {
      await report('等你决定').getByRole('button', { name: '采用', exact: true }).click()
      const taken = report('评分模型 · 正在使用')
      await taken.waitFor()
      expect(await taken.textContent()).toContain('从下一次评分起生效')
      expect(await taken.getByRole('button').allTextContents()).toEqual(['改回规则', '重新评估'])
      expect(await scorer()).toBe('rules')
      await nextWorkday('11月25日 周三')
      expect(await scorer()).toMatch(/^learned:/)
      await become(REP)
      await cards().filter({ hasText: '先联系' }).last().waitFor()
    },
    4 * STEP_MS,
  )

  it(
    'gives its place back to the rules',
    async () => {
      await become(ADMIN)
      await say('上线')
      await report('评分模型 · 正在使用').getByRole('button', { name: '改回规则' }).click()
      await report('已停用').waitFor()
      await nextWorkday('11月26日 周四')
      expect(await scorer()).toBe('rules')
    },
    4 * STEP_MS,
  )
})
