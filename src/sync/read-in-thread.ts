import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { AppError, ERROR_CODES } from '../errors.ts'
import { type ReadInput, type ReadPage, readBatches } from './read-batches.ts'
import type { ReadMessage } from './read-thread.ts'

/** Below this a thread costs more than it saves. */
const SMALL_FILE_BYTES = 2_000_000

/** The batches of a file; large files are read in a thread of their own, beside the writing. */
export async function* readFile(input: ReadInput): AsyncGenerator<ReadPage> {
  const size = await stat(input.file).then(
    (info) => info.size,
    () => 0,
  )
  yield* size < SMALL_FILE_BYTES ? readBatches(input) : readInThread(input)
}

async function* readInThread(input: ReadInput): AsyncGenerator<ReadPage> {
  const worker = new Worker(new URL('./read-thread.ts', import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
  })
  const waiting: ReadMessage[] = []
  let wake = (): void => {}
  const put = (message: ReadMessage): void => {
    waiting.push(message)
    wake()
  }
  worker.on('message', put)
  worker.on('error', (error) => put({ error: { code: 'bug', message: error.message, say: undefined } }))
  worker.on('exit', () => put({ end: true }))
  try {
    for (;;) {
      const next = waiting.shift()
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if ('page' in next) {
        worker.postMessage('more')
        yield next.page
      } else if ('error' in next) {
        throw thrown(next.error)
      } else {
        return
      }
    }
  } finally {
    await worker.terminate()
  }
}

function thrown({
  code,
  message,
  say,
}: {
  code: string
  message: string
  say: string | undefined
}): AppError {
  const known = ERROR_CODES.find((one) => one === code) ?? 'bug'
  return new AppError(known, message, say === undefined ? {} : { say })
}
