import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page, Request } from 'playwright-core'
import { newPage } from './browser.ts'

/** Somebody at the playground, by accessible names: what a person with a keyboard finds too. */
export interface PlaygroundPage {
  readonly page: Page
  /** Takes a seat in the own chat with Liuke; resolves when its messages are shown. */
  become(person: string): Promise<void>
  /** Opens a chat of the list; resolves when its messages are shown. */
  open(title: string): Promise<void>
  log(): Locator
  /** Every card of the chat, oldest first. */
  cards(): Locator
  /** The newest card whose title has these words. */
  card(title: string | RegExp): Locator
  /** Says a line and gives the card that answers it, whatever else arrives meanwhile. */
  ask(text: string): Promise<Locator>
  /** Presses a button that is answered with a card of its own. */
  opens(button: Locator): Promise<Locator>
  /** Presses a button and waits until the title of a card has these words. */
  turns(button: Locator, title: string | RegExp): Promise<Locator>
  /** Moves the clock; resolves when everything due by then is done. */
  nextWorkday(label: string): Promise<void>
  /** A picture of the page, when `LIUKE_SCREENSHOTS` names a folder. */
  picture(name: string): Promise<void>
}

/** A morning of the whole company is lived through. */
const MORNING_MS = 180_000

export async function playgroundPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<PlaygroundPage> {
  const page = await newPage(browser, { viewport })
  await page.goto(url)
  const log = page.getByRole('log', { name: '消息记录' })
  const cards = (): Locator => log.locator('article section')
  const card = (title: string | RegExp): Locator =>
    cards()
      .filter({ has: page.getByRole('heading', { level: 3, name: title }) })
      .last()

  async function openChat(title: string): Promise<void> {
    await page
      .getByRole('list', { name: '聊天' })
      .getByRole('button', { name: new RegExp(`^${title}`) })
      .click()
    await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor()
    await log.waitFor()
  }

  /** The page says in its request which event it makes; the answer names that event. */
  async function answerTo(kind: 'text' | 'action', act: () => Promise<void>): Promise<Locator> {
    const [request] = await Promise.all([page.waitForRequest(`**/api/${kind}`), act()])
    const answer = log.locator(`article[data-answers="${eventOf(kind, request)}"] section`).first()
    await answer.waitFor()
    return answer
  }

  return {
    page,
    cards,
    card,
    log: () => log,
    open: openChat,
    async become(person) {
      await page.getByRole('combobox', { name: '身份' }).selectOption(person)
      await openChat('留客')
      await page.locator(`[role=log][data-chat="dm:${person}"]`).waitFor()
    },
    ask: (text) =>
      answerTo('text', async () => {
        await page.getByRole('textbox', { name: '消息' }).fill(text)
        await page.getByRole('button', { name: '发送' }).click()
      }),
    opens: (button) => answerTo('action', () => button.click()),
    async turns(button, title) {
      await button.click()
      await card(title).waitFor()
      return card(title)
    },
    async nextWorkday(label) {
      const forward = { name: '快进到下个工作日' }
      await page.getByRole('button', forward).click()
      await page.getByRole('timer').getByText(label).waitFor({ timeout: MORNING_MS })
      await page.getByRole('button', { ...forward, disabled: false }).waitFor({ timeout: MORNING_MS })
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

function eventOf(kind: string, request: Request): string {
  const { id, person }: { id: string; person: string } = request.postDataJSON()
  return `${kind}:${person}:${id}`
}
