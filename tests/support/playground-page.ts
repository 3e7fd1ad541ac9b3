import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'

/** Somebody at the playground, by accessible names alone: what a person with a keyboard finds too. */
export interface PlaygroundPage {
  readonly page: Page
  /** Takes a seat in the own chat with Liuke. */
  become(person: string): Promise<void>
  /** Every card of the chat, oldest first. */
  cards(): Locator
  /** The newest card whose title has these words. */
  card(title: string | RegExp): Locator
  /** Says a line and gives the card that answers. */
  ask(text: string): Promise<Locator>
  /** Presses a button that is answered with a card of its own. */
  opens(button: Locator): Promise<Locator>
  /** Presses a button and waits until the title of a card has these words. */
  turns(button: Locator, title: string | RegExp): Promise<Locator>
  /** A picture of the page, when `LIUKE_SCREENSHOTS` names a folder. */
  picture(name: string): Promise<void>
}

const STEP_MS = 30_000

export async function playgroundPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<PlaygroundPage> {
  const context = await browser.newContext({ viewport })
  context.setDefaultTimeout(STEP_MS)
  const page = await context.newPage()
  await page.goto(url)
  const log = page.getByRole('log', { name: '消息记录' })
  const cards = (): Locator => log.locator('article section')
  const card = (title: string | RegExp): Locator =>
    cards()
      .filter({ has: page.getByRole('heading', { level: 3, name: title }) })
      .last()

  async function next(act: () => Promise<void>): Promise<Locator> {
    const before = await cards().count()
    await act()
    const answer = cards().nth(before)
    await answer.waitFor()
    return answer
  }

  return {
    page,
    cards,
    card,
    async become(person) {
      await page.getByRole('combobox', { name: '身份' }).selectOption(person)
      await page.getByRole('button', { name: /^留客/ }).click()
      await log.waitFor()
    },
    ask: (text) =>
      next(async () => {
        await page.getByRole('textbox', { name: '消息' }).fill(text)
        await page.getByRole('button', { name: '发送' }).click()
      }),
    opens: (button) => next(() => button.click()),
    async turns(button, title) {
      await button.click()
      await card(title).waitFor()
      return card(title)
    },
    async picture(name) {
      const folder = process.env.LIUKE_SCREENSHOTS
      if (!folder) return
      mkdirSync(folder, { recursive: true })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}.png`) })
    },
  }
}
