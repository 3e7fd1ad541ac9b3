import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Board, startBoard } from '../support/board.ts'
import { describeInBrowser, newPage, openBrowser } from '../support/browser.ts'

const SIZES = { phone: { width: 375, height: 740 }, desktop: { width: 1280, height: 800 } }

describeInBrowser('the board in a browser', () => {
  let browser: Browser
  let board: Board
  /** Whatever the browser complains about: blocked styles, failed requests. */
  let complaints: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
    board = await startBoard()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(complaints).toEqual([])
    complaints = []
  })
  afterAll(async () => {
    await browser.close()
    await board.stop()
  })

  async function open(path: string, size: keyof typeof SIZES): Promise<Page> {
    const page = await newPage(browser, { viewport: SIZES[size] })
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(board.url + path)
    return page
  }

  async function logIn(page: Page, name: RegExp): Promise<void> {
    const options = await page.getByRole('option').allTextContents()
    const label = options.find((option) => name.test(option)) ?? ''
    await page.getByRole('combobox', { name: '你是谁' }).selectOption({ label })
    await page.getByRole('button', { name: '进入看板' }).click()
  }

  const customers = (page: Page): Promise<string[]> =>
    page.getByRole('listitem').getByRole('heading', { level: 3 }).getByRole('link').allTextContents()

  it('a rep logs in, opens a customer and leaves again, with the keyboard alone', async () => {
    const page = await open('/board', 'desktop')
    const who = page.getByRole('combobox', { name: '你是谁' })
    await who.focus()
    for (let tries = 0; tries < 10 && (await who.inputValue()) !== 'wang'; tries++)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '我的风险客户' }).waitFor()
    expect(await customers(page)).toEqual(['张三制造'])
    // The first stop of the Tab key skips the bar.
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('跳到正文')
    await page.getByRole('link', { name: '张三制造' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '为什么' }).waitFor()
    expect(await page.getByText('13812345678').count()).toBe(1)
    await page.getByRole('button', { name: '退出' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('已退出登录').waitFor()
    await page.goBack()
    await page.reload()
    await page.getByRole('combobox', { name: '你是谁' }).waitFor()
  })

  it.each(['phone', 'desktop'] as const)('a lead sees the team and its figures on a %s', async (size) => {
    const page = await open('/login', size)
    await logIn(page, /陈总/)
    await page.getByRole('heading', { name: '华东风险客户' }).waitFor()
    expect(await customers(page)).toEqual(['张三制造', '赵家机电'])
    const loads = page.getByRole('region', { name: '各人风险单' }).getByRole('row')
    expect(await loads.first().getByRole('columnheader').allTextContents()).toContain('超时')
    await page.getByRole('link', { name: /^高/ }).click()
    await page.getByRole('heading', { name: '名单 · 高' }).waitFor()
    expect(await customers(page)).toEqual(['赵家机电'])
    const [wide, room] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    )
    expect(wide).toBeLessThanOrEqual(room)
  })

  it('the link of a card leads to its customer, by way of the login', async () => {
    const page = await open(`/board/customers/${board.customers.own}`, 'phone')
    await logIn(page, /王芳/)
    await page.getByRole('heading', { name: /^张三制造/ }).waitFor()
  })
})
