import { parentPort, workerData } from 'node:worker_threads'
import { asAppError } from '../errors.ts'
import { type ReadInput, type ReadPage, readBatches } from './read-batches.ts'

/** What the reading thread says. */
export type ReadMessage =
  | { readonly page: ReadPage }
  | { readonly error: { readonly code: string; readonly message: string; readonly say: string | undefined } }
  | { readonly end: true }

/** Pages that may wait for the writer: enough to keep both busy, few enough to keep memory flat. */
const AHEAD = 2

/** Entry of the thread that reads a large file while the main thread writes. Each message to it asks for a page. */
async function run(input: ReadInput): Promise<void> {
  let allowed = AHEAD
  let wake = (): void => {}
  parentPort?.on('message', () => {
    allowed++
    wake()
  })
  for await (const page of readBatches(input)) {
    while (allowed === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    allowed--
    say({ page })
  }
}

function say(message: ReadMessage): void {
  parentPort?.postMessage(message)
}

try {
  await run(workerData)
  say({ end: true })
} catch (error) {
  const { code, message, say: sentence } = asAppError(error)
  say({ error: { code, message, say: sentence } })
} finally {
  parentPort?.close()
}
