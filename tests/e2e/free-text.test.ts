import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser, openBrowser } from '../support/browser.ts'
import { type RunningService, startLiuke } from '../support/running-service.ts'

const REP = 'chenjing'
/** The demo company is loaded and scored before the page can be opened. */
const START_MS = 120_000
const STEP_MS = 20_000

describeInBrowser('a follow-up in one sentence, in the playground', () => {
  let folder: string
  let service: RunningService
  let browser: Browser
  let page: Page
  let name: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liuke-free-text-'))
    const config = join(folder, 'liuke.json')
    const database = join(folder, 'demo.db')
    writeFileSync(
      config,
      JSON.stringify({ database, demo: { enabled: true }, playground: { enabled: true } }),
    )
    service = await startLiuke(config)
    browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    context.setDefaultTimeout(STEP_MS)
    page = await context.newPage()
    await page.goto(service.url)
    await page.getByRole('combobox', { name: '身份' }).selectOption(REP)
  }, START_MS)

  afterAll(async () => {
    await browser?.close()
    const code = await service?.stop()
    rmSync(folder, { recursive: true })
    expect(code).toBe(0)
  })

  const log = (): Locator => page.getByRole('log', { name: '消息记录' })
  const cards = (): Locator => log().locator('article section')
  const box = (): Locator => page.getByRole('textbox', { name: '消息' })

  /** Says one line and gives Liuke’s answer to it. */
  async function ask(text: string): Promise<Locator> {
    const before = await cards().count()
    await box().fill(text)
    await page.getByRole('button', { name: '发送' }).click()
    const answer = cards().nth(before)
    await answer.waitFor()
    return answer
  }

  it('a line that replies to a card is about its customer', async () => {
    const digest = cards().filter({ hasText: '先联系' }).first()
    const title = await digest.getByRole('heading', { level: 4 }).first().textContent()
    name = /1\.\s*([^\s（]+)/.exec(title ?? '')?.[1] ?? ''
    await ask(`客户 ${name}`)
    await log().getByRole('button', { name: '回复' }).last().click()
    await page.getByText(`回复：${name}`).waitFor()
    expect(await box().evaluate((one) => one === document.activeElement)).toBe(true)
    const logged = await ask('没接电话，明天再打')
    await logged.getByRole('heading', { name: `已记录 · ${name}` }).waitFor()
    expect(await logged.textContent()).toContain('没联系上')
    expect(await log().locator('.quote').last().textContent()).toContain(name)
    expect(await page.getByText(`回复：${name}`).count()).toBe(0)
  })

  it('what was understood is put right by buttons, in place, then in words', async () => {
    const card = cards().last()
    await card.getByRole('button', { name: '改', exact: true }).click()
    await card.getByRole('button', { name: '结果' }).click()
    await card.getByRole('button', { name: '更多' }).click()
    await card.getByRole('button', { name: '已答应' }).click()
    await card.getByRole('heading', { name: '有效跟进' }).waitFor()
    const corrected = await ask('改 价格 下周五')
    expect(await corrected.textContent()).toMatch(/已答应.*价格.*12\/4/)
    await corrected.getByRole('button', { name: '撤销' }).click()
    await log()
      .getByRole('heading', { name: `已撤销：${name}` })
      .waitFor()
  })

  it('a customer that is not certain is asked for, and one tap writes the words', async () => {
    const asked = await ask('联系了客户，对价格不满，下周三再约')
    expect(await asked.getByRole('heading').textContent()).toMatch(/记到/)
    const before = await cards().count()
    await asked.getByRole('button').first().click()
    await cards().nth(before).getByRole('heading', { name: '已记录' }).waitFor()
    expect(await cards().last().textContent()).toContain('对价格不满，下周三再约')
  })
})
