import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { type PlayedDemo, playDemo } from '../support/played-demo.ts'
import type { PlaygroundPage } from '../support/playground-page.ts'

const REP = 'chenjing'
const LEAD = 'fangmin'
const PHONE = { width: 375, height: 780 }

describeInBrowser('a rep’s Monday, on the demo company with the whole service', () => {
  let demo: PlayedDemo
  let me: PlaygroundPage

  beforeAll(async () => {
    demo = await playDemo()
    me = demo.me
    await me.become(REP)
  })

  afterAll(() => demo?.close())

  const digest = (): Locator => me.cards().filter({ hasText: '先联系' }).first()

  async function firstCustomer(): Promise<string> {
    const title = await digest().getByRole('heading', { level: 4 }).first().textContent()
    const [, name] = /1\.\s*(\S+)/.exec(title ?? '') ?? []
    if (!name) throw new Error(`no customer in the digest: ${title}`)
    return name
  }

  it('starts with one card: who first, and why', async () => {
    await me.page.getByRole('timer').getByText('11月23日 周一').waitFor()
    await digest().waitFor()
    expect(await me.cards().filter({ hasText: '先联系' }).count()).toBe(1)
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
    const why = await me.opens(digest().getByRole('button', { name: '为什么' }).first())
    await why.getByRole('heading', { level: 3 }).waitFor()
    const text = await why.textContent()
    expect(text).toContain(name)
    expect(text).toMatch(/\d+\/\d+|\d+ 天/)
    const chart = why.getByRole('img', { name: /次下单间隔/ })
    await chart.scrollIntoViewIfNeeded()
    await me.page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.picture img')?.naturalWidth ?? 0) > 1,
    )
  })

  it('takes 已联系 with one tap, and the card changes in place', async () => {
    const before = await digest().textContent()
    await digest().getByRole('button', { name: '已联系' }).first().click()
    await me.page.waitForFunction((old) => {
      const card = [...document.querySelectorAll('article section')].find((one) =>
        one.textContent?.includes('先联系'),
      )
      return card instanceof HTMLElement && card.textContent !== old
    }, before)
    expect(await me.cards().filter({ hasText: '先联系' }).count()).toBe(1)
  })

  it('logs a follow-up from one line of text, with the date that was meant', async () => {
    const name = await firstCustomer()
    const answer = await me.ask(`跟进 ${name} 有意向 下周三再约`)
    const text = await answer.textContent()
    expect(text).toContain(name)
    expect(text).toContain('12/2（周三）')
  })

  it('takes it back with 撤销', async () => {
    const name = await firstCustomer()
    const answer = await me.ask('撤销')
    expect(await answer.textContent()).toContain(`已撤销：${name}`)
  })

  it('shows the lead figures in the group, with names masked', async () => {
    const name = await firstCustomer()
    await me.become(LEAD)
    await me.open('华东销售群')
    const churn = await me.ask('流失 上月')
    expect(await churn.locator('.figure').textContent()).toMatch(/\d+\.\d %/)
    const list = await me.ask('名单')
    const text = await list.textContent()
    expect(text).toContain('＊＊')
    expect(await me.log().textContent()).not.toContain(name)
    expect(await list.getByRole('button').count()).toBe(0)
    const refused = await me.ask(`为什么 ${name}`)
    expect(await refused.textContent()).not.toContain(name)
    expect(await refused.textContent()).toContain('请私聊我')
  })

  it('shows the group to its members, and nothing of the rep’s own chat', async () => {
    await me.become('wanglei')
    const group = me.page.getByRole('button', { name: /^华东销售群/ })
    await group.getByLabel(/条未读/).waitFor()
    await group.click()
    await me.log().getByText('流失 上月', { exact: true }).waitFor()
    await me.become('huangwei')
    await me.page.getByRole('button', { name: /^华南销售群/ }).waitFor()
    expect(await me.page.getByRole('button', { name: /^华东销售群/ }).count()).toBe(0)
  })

  it('fits a phone', async () => {
    const phone = await demo.page(PHONE)
    await phone.become(REP)
    await phone.card(/先联系/).waitFor()
    const overflow = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await phone.picture('monday-phone')
    await phone.page.context().close()
  })

  it('lives through the next morning', async () => {
    await me.become(REP)
    await digest().waitFor()
    await me.nextWorkday('11月24日 周二')
  })
})
