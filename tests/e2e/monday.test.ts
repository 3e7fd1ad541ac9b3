import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser, openBrowser } from '../support/browser.ts'
import { type RunningService, startLiuke } from '../support/running-service.ts'

const REP = 'chenjing'
const LEAD = 'fangmin'
const DESKTOP = { width: 1280, height: 820 }
const PHONE = { width: 375, height: 780 }
/** The demo company is loaded and scored before the page can be opened. */
const START_MS = 120_000
const STEP_MS = 20_000

describeInBrowser('a rep’s Monday, on the demo company with the whole service', () => {
  let folder: string
  let service: RunningService
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liuke-monday-'))
    const config = join(folder, 'liuke.json')
    const settings = {
      database: join(folder, 'demo.db'),
      demo: { enabled: true },
      playground: { enabled: true },
    }
    writeFileSync(config, JSON.stringify(settings))
    service = await startLiuke(config)
    browser = await openBrowser()
    page = await openPage(DESKTOP)
  }, START_MS)

  afterAll(async () => {
    await browser?.close()
    const code = await service?.stop()
    rmSync(folder, { recursive: true })
    expect(code).toBe(0)
  })

  async function openPage(viewport: { width: number; height: number }): Promise<Page> {
    const context = await browser.newContext({ viewport })
    context.setDefaultTimeout(STEP_MS)
    const opened = await context.newPage()
    await opened.goto(service.url)
    await become(opened, REP)
    return opened
  }

  async function become(one: Page, person: string): Promise<void> {
    await one.getByRole('combobox', { name: '身份' }).selectOption(person)
  }

  const log = (): Locator => page.getByRole('log', { name: '消息记录' })
  const cards = (): Locator => log().locator('article section')
  const digest = (): Locator => cards().filter({ hasText: '先联系' }).first()

  /** Says one line and gives Liuke’s answer to it. */
  async function ask(text: string): Promise<Locator> {
    const before = await cards().count()
    await page.getByRole('textbox', { name: '消息' }).fill(text)
    await page.getByRole('button', { name: '发送' }).click()
    const answer = cards().nth(before)
    await answer.waitFor()
    return answer
  }

  async function firstCustomer(): Promise<string> {
    const title = await digest().getByRole('heading', { level: 4 }).first().textContent()
    const [, name] = /1\.\s*(\S+)/.exec(title ?? '') ?? []
    if (!name) throw new Error(`no customer in the digest: ${title}`)
    return name
  }

  it('starts with one card: who first, and why', async () => {
    await page.getByRole('timer').getByText('11月23日 周一').waitFor()
    await digest().waitFor()
    expect(await cards().filter({ hasText: '先联系' }).count()).toBe(1)
    // Ranked ones; orders that are expected stand below them without a rank.
    const ranked = digest()
      .getByRole('heading', { level: 4 })
      .filter({ hasText: /\d+\. / })
    const items = await ranked.count()
    expect(items).toBeGreaterThan(0)
    expect(items).toBeLessThanOrEqual(5)
  })

  it('answers 为什么 with dated facts', async () => {
    const name = await firstCustomer()
    const before = await cards().count()
    await digest().getByRole('button', { name: '为什么' }).first().click()
    const why = cards().nth(before)
    await why.getByRole('heading', { level: 3 }).waitFor()
    const text = await why.textContent()
    expect(text).toContain(name)
    expect(text).toMatch(/\d+\/\d+|\d+ 天/)
    const chart = why.getByRole('img', { name: /次下单间隔/ })
    await chart.scrollIntoViewIfNeeded()
    await page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.picture img')?.naturalWidth ?? 0) > 1,
    )
  })

  it('takes 已联系 with one tap, and the card changes in place', async () => {
    const before = await digest().textContent()
    await digest().getByRole('button', { name: '已联系' }).first().click()
    await page.waitForFunction((old) => {
      const card = [...document.querySelectorAll('article section')].find((one) =>
        one.textContent?.includes('先联系'),
      )
      return card instanceof HTMLElement && card.textContent !== old
    }, before)
    expect(await cards().filter({ hasText: '先联系' }).count()).toBe(1)
  })

  it('logs a follow-up from one line of text, with the date that was meant', async () => {
    const name = await firstCustomer()
    const answer = await ask(`跟进 ${name} 有意向 下周三再约`)
    const text = await answer.textContent()
    expect(text).toContain(name)
    expect(text).toContain('12/2（周三）')
  })

  it('takes it back with 撤销', async () => {
    const name = await firstCustomer()
    const answer = await ask('撤销')
    expect(await answer.textContent()).toContain(`已撤销：${name}`)
  })

  it('shows the lead figures in the group, with names masked', async () => {
    const name = await firstCustomer()
    await become(page, LEAD)
    await page.getByRole('button', { name: /^华东销售群/ }).click()
    const churn = await ask('流失 上月')
    expect(await churn.locator('.figure').textContent()).toMatch(/\d+\.\d %/)
    const list = await ask('名单')
    const text = await list.textContent()
    expect(text).toContain('＊＊')
    expect(await log().textContent()).not.toContain(name)
    expect(await list.getByRole('button').count()).toBe(0)
    const refused = await ask(`为什么 ${name}`)
    expect(await refused.textContent()).not.toContain(name)
    expect(await refused.textContent()).toContain('请私聊我')
  })

  it('shows the group to its members, and nothing of the rep’s own chat', async () => {
    await become(page, 'wanglei')
    const group = page.getByRole('button', { name: /^华东销售群/ })
    await group.getByLabel(/条未读/).waitFor()
    await group.click()
    await log().getByText('流失 上月', { exact: true }).waitFor()
    await become(page, 'huangwei')
    await page.getByRole('button', { name: /^华南销售群/ }).waitFor()
    expect(await page.getByRole('button', { name: /^华东销售群/ }).count()).toBe(0)
  })

  it('fits a phone', async () => {
    const phone = await openPage(PHONE)
    await phone.getByRole('button', { name: /^留客/ }).click()
    await phone.getByRole('log').getByText('先联系').first().waitFor()
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    const folderForPictures = process.env.LIUKE_SCREENSHOTS
    if (folderForPictures) await phone.screenshot({ path: join(folderForPictures, 'monday-phone.png') })
    await phone.context().close()
  })

  it('lives through the next morning', async () => {
    await become(page, REP)
    await digest().waitFor()
    await page.getByRole('button', { name: '快进到下个工作日' }).click()
    await page.getByRole('timer').getByText('11月24日 周二').waitFor()
    await page.getByRole('button', { name: '快进到下个工作日', disabled: false }).waitFor()
  }, 60_000)
})
