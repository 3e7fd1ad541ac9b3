import type { Clock } from '../../src/clock.ts'
import { type AppError, asAppError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import type { LanguageModel, ModelResult } from '../../src/model/language-model.ts'
import { createChat } from './chat-completions.ts'

export interface LanguageModelParts {
  readonly clock: Clock
  readonly log: Log
  readonly url: string
  readonly model: string
  readonly apiKey: string | null
  /** For one question, whatever it takes. */
  readonly timeoutMs: number
}

/** So many failures in a row, and nobody waits for it for a while. */
const FAILURES = 3
const REST_MS = 5 * 60_000

/** A model behind an address that speaks the OpenAI form of chat completions. */
export function createLanguageModel(parts: LanguageModelParts): LanguageModel {
  const { clock, log, model, timeoutMs } = parts
  const chat = createChat(parts)
  let failures = 0
  let restsUntil = 0

  function failed(error: AppError): void {
    failures++
    if (failures < FAILURES) return
    failures = 0
    restsUntil = clock.now() + REST_MS
    log.warn({ error, minutes: REST_MS / 60_000 }, 'the language model does not answer; it is left alone')
  }

  return {
    name: model,
    counts: noCounts(),
    get resting() {
      return clock.now() < restsUntil
    },
    async ask(question) {
      try {
        const text = await chat(question, AbortSignal.timeout(timeoutMs))
        failures = 0
        return text
      } catch (thrown) {
        const error = asAppError(thrown)
        failed(error)
        throw error
      }
    },
  }
}

function noCounts(): Record<ModelResult, number> {
  return { used: 0, same: 0, refused: 0, failed: 0, resting: 0, capped: 0, withheld: 0 }
}
