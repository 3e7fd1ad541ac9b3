import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInBrowser, newPage, openBrowser } from '../support/browser.ts'
import { type Harness, startHarness } from '../support/playground-harness.ts'
import { chart, digest, why } from '../support/sample-cards.ts'

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 740 }

describeInBrowser('the playground page', () => {
  let browser: Browser
  let harness: Harness
  let folder: string
  /** Whatever the browser complains about: script errors, blocked resources. */
  let complaints: string[]

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liuke-playground-'))
    harness = await startHarness({ file: join(folder, 'test.db') })
    complaints = []
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await harness.stop()
    rmSync(folder, { recursive: true })
  })

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await newPage(browser, { viewport: DESKTOP, ...options })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION')) {
        complaints.push(message.text())
      }
    })
    await page.goto(harness.url)
    await page.getByRole('combobox', { name: '身份' }).waitFor()
    return page
  }

  function log(page: Page) {
    return page.getByRole('log')
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: '消息' }).fill(text)
    await page.keyboard.press('Enter')
  }

  it('shows a push as it arrives, and a card that a button changes in place', async () => {
    const page = await open()
    await log(page).waitFor()
    await harness.push('rep-1', digest)
    await log(page).getByRole('heading', { name: '王晓明 · 11/23（周一） 先联系这 5 家' }).waitFor()
    expect(await page.title()).not.toContain('(')
    await log(page).getByRole('button', { name: '已联系' }).first().focus()
    await page.keyboard.press('Enter')
    await log(page).getByText('华联超市 · 已联系').waitFor()
    expect(await log(page).getByText('先联系这 5 家').count()).toBe(0)
    expect(await log(page).getByRole('button', { name: '撤销' }).count()).toBe(1)
    // The pressed button is gone; the focus stays where the reader was.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      '华联超市 · 已联系',
    )
    expect(complaints).toEqual([])
  })

  it('copies a draft, and says how else where the browser forbids it', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await log(page).waitFor()
    const text = '张伟您好，我是王芳。10月2日那一单用得还顺吗？'
    await harness.push('rep-1', { summary: '草稿', title: '张三制造 · 消息草稿', facts: [text], copy: text })
    await log(page).getByRole('button', { name: '复制' }).click()
    await page.getByText('已复制，改好再自己发').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))
    })
    await log(page).getByRole('button', { name: '复制' }).click()
    await page.getByText('请选中文字复制').waitFor()
    expect(complaints).toEqual([])
  })

  it('brings an answer that stands below into view, but not away from a card that changed in place', async () => {
    await harness.push('rep-1', digest)
    const page = await open({ viewport: { width: 1280, height: 560 } })
    const top = () => log(page).evaluate((element) => element.scrollTop)
    await log(page).getByRole('button', { name: '为什么' }).first().click()
    await log(page).getByText('第 52 天').waitFor()
    await page.waitForFunction(() => (document.querySelector('[role=log]')?.scrollTop ?? 0) > 300)

    await log(page).evaluate((element) => element.scrollTo(0, 0))
    await page.getByRole('button', { name: '回到最新消息' }).waitFor()
    await log(page).getByRole('button', { name: '稍后' }).first().click()
    await page.getByRole('button', { name: '1 条新消息' }).waitFor()
    await log(page).getByText('已改').waitFor({ state: 'attached' })
    await page.waitForTimeout(800)
    expect(await top()).toBe(0)
  })

  it('sends by keyboard alone: suggestions, Tab, Enter, and the answer', async () => {
    const page = await open()
    await log(page).waitFor()
    const box = page.getByRole('textbox', { name: '消息' })
    const options = page.getByRole('listbox', { name: '指令' })
    await box.focus()
    await page.keyboard.type('wh')
    await options.getByRole('option', { name: /为什么/ }).waitFor()
    expect(await options.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await box.inputValue()).toBe('为什么 ')
    await page.keyboard.type('华联')
    await page.keyboard.press('Enter')
    await log(page).getByText('为什么 华联', { exact: true }).waitFor()
    await log(page).getByText('第 52 天').waitFor()
    expect(await box.inputValue()).toBe('')
    expect(harness.events).toMatchObject([{ kind: 'text', text: '为什么 华联' }])

    await page.keyboard.type('/')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await box.inputValue()).toBe('名单')
    await page.keyboard.press('Escape')
    expect(await options.getByRole('option').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('shows everybody in the group what was said there, and nobody else', async () => {
    const [rep, lead, other] = [await open(), await open(), await open()]
    await lead.getByRole('combobox', { name: '身份' }).selectOption('lead-1')
    await other.getByRole('combobox', { name: '身份' }).selectOption('rep-3')
    await lead.getByRole('button', { name: /^华东一组/ }).click()
    await lead.getByRole('heading', { name: '华东一组' }).waitFor()
    await say(lead, '流失 本月')
    await log(lead).getByText('20.0 %').first().waitFor()
    const line = rep.getByRole('button', { name: /^华东一组/ })
    await line.getByLabel('2 条未读').waitFor()
    await line.click()
    await log(rep).getByText('流失 本月', { exact: true }).waitFor()
    expect(await line.getByLabel(/条未读/).count()).toBe(0)
    const chats = other.getByRole('list', { name: '聊天' }).getByRole('button')
    expect(await chats.allInnerTexts()).toEqual([
      expect.stringMatching(/^留客/),
      expect.stringMatching(/^华南组/),
    ])
    expect(complaints).toEqual([])
  })

  it('shows nothing of one person while the chats of another are on their way', async () => {
    await harness.push('rep-1', digest)
    const page = await open()
    await log(page).getByText('先联系这 5 家').waitFor()
    let send = (): void => undefined
    const sent = new Promise<void>((resolve) => {
      send = resolve
    })
    await page.route('**/api/inbox*', async (route) => {
      await sent
      await route.continue()
    })
    await page.getByRole('combobox', { name: '身份' }).selectOption('rep-2')
    expect(await log(page).count()).toBe(0)
    expect(await page.getByRole('list', { name: '聊天' }).getByRole('button').count()).toBe(0)
    await page.getByRole('main').getByText('正在打开…').waitFor()
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true')
    send()
    await log(page).getByText('还没有消息').waitFor()
    await page.getByRole('button', { name: /^华东一组/ }).click()
    expect(await page.getByRole('heading', { level: 2, name: '华东一组' }).count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('moves the clock to the next workday and shows its morning', async () => {
    const page = await open()
    await page.getByRole('timer').getByText('11月23日 周一').waitFor()
    await page.getByRole('button', { name: '快进到下个工作日' }).click()
    await page.getByRole('timer').getByText('11月24日 周二').waitFor()
    await log(page).getByText('先联系这 5 家').waitFor()
  })

  it('goes on after a restart: banner, reconnect, history, and what came meanwhile', async () => {
    const page = await open()
    await say(page, '为什么 华联')
    await log(page).getByText('第 52 天').waitFor()
    const { port } = new URL(harness.url)
    await harness.stop()
    await page.getByText('连接已断开，正在重连…').waitFor()
    await say(page, '名单')
    await page.getByText('没有送达').waitFor()

    harness = await startHarness({ port: Number(port), file: join(folder, 'test.db') })
    await harness.push('rep-1', { ...why, title: '停机期间的推送' })
    await log(page).getByText('停机期间的推送').waitFor()
    await page.getByText('连接已断开，正在重连…').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByText('没有送达').waitFor({ state: 'hidden' })
    await log(page).getByText('先联系这 5 家').waitFor()
    expect(await log(page).getByText('名单', { exact: true }).count()).toBe(1)
    await page.reload()
    await log(page).getByText('停机期间的推送').waitFor()
    expect(await log(page).getByText('名单', { exact: true }).count()).toBe(1)
  })

  it('keeps room for a chart and names it, also when it does not arrive', async () => {
    const page = await open()
    const drawn = log(page).getByRole('img', { name: '第一张图' })
    await harness.push('rep-1', { ...why, chart: { ...chart, alt: '第一张图' } })
    await drawn.waitFor()
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.picture img')?.complete)
    expect(complaints).toEqual([])
    await page.route('**/charts/**', (route) => route.abort())
    await harness.push('rep-1', { ...why, chart: { ...chart, alt: '第二张图' } })
    const missing = log(page).getByRole('img', { name: '第二张图' })
    await missing.getByText('第二张图').waitFor()
    const [one, two] = await Promise.all([drawn, missing].map((image) => image.locator('..').boundingBox()))
    expect(one?.height).toBeGreaterThan(60)
    expect([two?.width, two?.height]).toEqual([one?.width, one?.height])
  })

  it('is one pane at a time on a phone, without sideways scrolling, and goes back to the list', async () => {
    await harness.push('rep-1', digest)
    const page = await open({ viewport: PHONE, isMobile: true, hasTouch: true })
    await page.getByLabel('1 条未读').waitFor()
    expect(await log(page).count()).toBe(0)
    await page.getByRole('button', { name: /^留客/ }).tap()
    await log(page).getByText('先联系这 5 家').waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    for (const name of ['快进到下个工作日', '发送', '返回聊天列表']) {
      const box = await page.getByRole('button', { name }).boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= PHONE.width, name).toBe(true)
    }
    // A card taller than the screen is shown from its head.
    const head = await log(page).getByRole('heading', { level: 3 }).boundingBox()
    expect(head?.y).toBeGreaterThan(0)
    expect(head?.y).toBeLessThan(PHONE.height / 2)
    await page.goBack()
    await page.getByRole('list', { name: '聊天' }).waitFor()
    expect(await page.getByLabel(/条未读/).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('speaks English and turns dark on request, and remembers it', async () => {
    const page = await open({ colorScheme: 'light' })
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    await page.getByRole('button', { name: 'Theme: system' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
    expect(await background()).not.toBe(light)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  })

  it('keeps the reader’s place when something arrives while reading further up', async () => {
    for (let n = 0; n < 60; n++) await harness.push('rep-1', { ...why, title: `第 ${n} 张` })
    const page = await open()
    await log(page).getByText('第 59 张').waitFor()
    expect(await log(page).getByText('第 10 张').count()).toBe(0)
    await page.getByRole('button', { name: '更早的消息' }).click()
    await log(page).getByText('第 10 张').scrollIntoViewIfNeeded()
    const before = await log(page).evaluate((element) => element.scrollTop)
    await harness.push('rep-1', { ...why, title: '刚到的' })
    await log(page).getByText('刚到的').waitFor({ state: 'attached' })
    expect(await log(page).evaluate((element) => element.scrollTop)).toBe(before)
    await page.getByRole('button', { name: '回到最新消息' }).click()
    await page.waitForFunction(() => {
      const element = document.querySelector('[role=log]')
      return element && element.scrollHeight - element.clientHeight - element.scrollTop < 2
    })
  })
})
