import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { describe } from 'vitest'

/** Where distributions put Chromium; the variable `CHROMIUM` names any other. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What a step waits for comes within a second; a busy machine may need many. */
const STEP_MS = 60_000

function browserPath(): string | null {
  return [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path)) ?? null
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (executablePath === null) throw new Error('no Chromium found: install it, or set CHROMIUM to its path')
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS, timeout: STEP_MS })
}

/** A page with storage of its own, as another person has it at another machine. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(STEP_MS)
  return context.newPage()
}

/** A story in a real browser. Without one it is skipped with a sentence; in CI a missing browser fails. */
export function describeInBrowser(title: string, body: () => void): void {
  const absent = browserPath() === null
  const said = absent ? `${title} (skipped: no Chromium found; set CHROMIUM to its path)` : title
  describe.skipIf(absent && !process.env.CI)(said, body)
}
