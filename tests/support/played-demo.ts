import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'
import { type PlaygroundPage, playgroundPage } from './playground-page.ts'
import { startLiuke } from './running-service.ts'

const DESKTOP = { width: 1280, height: 1000 }

export interface DemoSettings {
  readonly database: string
  readonly demo: { readonly enabled: true }
  readonly playground: { readonly enabled: true }
}

/** The demo company, served as a process of its own, with people at its playground. */
export interface PlayedDemo {
  readonly database: string
  /** The first page, with nobody in particular. */
  readonly me: PlaygroundPage
  /** Another page, with storage of its own. */
  page(viewport: { width: number; height: number }): Promise<PlaygroundPage>
  /** @throws when the service did not stop well */
  close(): Promise<void>
}

/**
 * @param options.settings beyond the demo's
 * @param options.prepare works on the database before the service starts
 */
export async function playDemo(
  options: { settings?: object; prepare?: (settings: DemoSettings) => Promise<void> } = {},
): Promise<PlayedDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-played-'))
  const opened = new AsyncDisposableStack()
  opened.defer(() => rmSync(folder, { recursive: true }))
  const close = (): Promise<void> => opened.disposeAsync()
  try {
    const database = join(folder, 'demo.db')
    const base: DemoSettings = { database, demo: { enabled: true }, playground: { enabled: true } }
    const settings = { ...base, ...options.settings }
    await options.prepare?.(settings)
    const config = join(folder, 'liuke.json')
    writeFileSync(config, JSON.stringify(settings))
    const service = await startLiuke(config)
    opened.defer(async () => {
      const code = await service.stop()
      if (code !== 0) throw new Error(`liuke serve ended with ${code}`)
    })
    const browser = await openBrowser()
    opened.defer(() => browser.close())
    const page: PlayedDemo['page'] = (viewport) => playgroundPage(browser, service.url, viewport)
    return { database, me: await page(DESKTOP), page, close }
  } catch (error) {
    await close()
    throw error
  }
}
