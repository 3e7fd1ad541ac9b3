import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { type PlayedDemo, playDemo } from '../support/played-demo.ts'
import type { PlaygroundPage } from '../support/playground-page.ts'

const REP = 'chenjing'

describeInBrowser('a follow-up in one sentence, in the playground', () => {
  let demo: PlayedDemo
  let me: PlaygroundPage
  let name: string
  let logged: Locator

  beforeAll(async () => {
    demo = await playDemo()
    me = demo.me
    await me.become(REP)
  })

  afterAll(() => demo?.close())

  const box = (): Locator => me.page.getByRole('textbox', { name: '消息' })

  it('a line that replies to a card is about its customer', async () => {
    const digest = me.card(/先联系/)
    const title = await digest.getByRole('heading', { level: 4 }).first().textContent()
    name = /1\.\s*([^\s（]+)/.exec(title ?? '')?.[1] ?? ''
    const shown = await me.ask(`客户 ${name}`)
    await shown.locator('..').getByRole('button', { name: '回复' }).click()
    await me.page.getByText(`回复：${name}`).waitFor()
    expect(await box().evaluate((one) => one === document.activeElement)).toBe(true)
    logged = await me.ask('没接电话，明天再打')
    await logged.getByRole('heading', { name: `已记录 · ${name}` }).waitFor()
    expect(await logged.textContent()).toContain('没联系上')
    expect(await me.log().locator('.quote').last().textContent()).toContain(name)
    expect(await me.page.getByText(`回复：${name}`).count()).toBe(0)
  })

  it('what was understood is put right by buttons, in place, then in words', async () => {
    await logged.getByRole('button', { name: '改', exact: true }).click()
    await logged.getByRole('button', { name: '结果' }).click()
    await logged.getByRole('button', { name: '更多' }).click()
    await logged.getByRole('button', { name: '已答应' }).click()
    await logged.getByRole('heading', { name: '有效跟进' }).waitFor()
    const corrected = await me.ask('改 价格 下周五')
    expect(await corrected.textContent()).toMatch(/已答应.*价格.*12\/4/)
    await corrected.getByRole('button', { name: '撤销' }).click()
    await me
      .log()
      .getByRole('heading', { name: `已撤销：${name}` })
      .waitFor()
  })

  it('a customer that is not certain is asked for, and one tap writes the words', async () => {
    const asked = await me.ask('联系了客户，对价格不满，下周三再约')
    expect(await asked.getByRole('heading').textContent()).toMatch(/记到/)
    const written = await me.opens(asked.getByRole('button').first())
    await written.getByRole('heading', { name: '已记录' }).waitFor()
    expect(await written.textContent()).toContain('对价格不满，下周三再约')
  })
})
