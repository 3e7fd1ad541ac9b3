import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { ModelQuestion } from '../../src/model/language-model.ts'
import { boundedText, reasonOf } from '../shared/answer-text.ts'

/** Sends a question and gives the text of the answer. */
export type Chat = (question: ModelQuestion, signal: AbortSignal) => Promise<string>

interface Server {
  readonly clock: Pick<Clock, 'sleep'>
  /** With the version: `http://127.0.0.1:8000/v1`. */
  readonly url: string
  readonly model: string
  readonly apiKey: string | null
}

/** How the answer is asked for. Servers that do not know `json_schema` refuse it and are asked for any JSON. */
type Format = 'json_schema' | 'json_object'

/** An answer is a few words; servers add figures of their own. */
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_TOKENS = 200
/** The wait before the one repeat; so much again at random, so that processes do not come back together. */
const RETRY_MS = 100
/** Refused as it was asked. */
const NOT_UNDERSTOOD: readonly number[] = [400, 422]

const Completion = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string() }) }))
    .min(1),
})

/**
 * The one call of the OpenAI form: `POST {url}/chat/completions`
 * (https://platform.openai.com/docs/api-reference/chat/create), as vLLM, llama.cpp and Ollama serve it too.
 * Temperature 0 and a seed: the same note gets the same answer. Repeated once where the server is busy or gone.
 */
export function createChat({ clock, url, model, apiKey }: Server): Chat {
  const address = `${url.replace(/\/+$/, '')}/chat/completions`
  let format: Format = 'json_schema'

  async function sent(question: ModelQuestion, signal: AbortSignal, form: Format): Promise<Response | null> {
    try {
      return await fetch(address, {
        method: 'POST',
        // A redirect would take the note to another host.
        redirect: 'error',
        signal,
        headers: {
          'content-type': 'application/json',
          ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify(bodyOf(model, question, form)),
      })
    } catch (error) {
      if (signal.aborted) throw failed(reasonOf(error))
      return null
    }
  }

  async function patiently(question: ModelQuestion, signal: AbortSignal, form: Format): Promise<Response> {
    const first = await sent(question, signal, form)
    if (first && first.status !== 429 && first.status < 500) return first
    await first?.body?.cancel()
    await clock.sleep(Math.round(RETRY_MS * (1 + Math.random())), signal)
    const second = await sent(question, signal, form)
    if (!second) throw failed('no connection')
    return second
  }

  return async (question, signal) => {
    let answer = await patiently(question, signal, format)
    if (format === 'json_schema' && NOT_UNDERSTOOD.includes(answer.status)) {
      await answer.body?.cancel()
      answer = await patiently(question, signal, 'json_object')
      if (answer.status === 200) format = 'json_object'
    }
    if (answer.status !== 200) {
      await answer.body?.cancel()
      throw failed(`HTTP status ${answer.status}`)
    }
    return contentOf(await textOf(answer))
  }
}

function bodyOf(model: string, { name, instruction, material, schema }: ModelQuestion, form: Format): object {
  return {
    model,
    messages: [
      { role: 'system', content: instruction },
      { role: 'user', content: material },
    ],
    response_format:
      form === 'json_schema' ? { type: form, json_schema: { name, strict: true, schema } } : { type: form },
    temperature: 0,
    seed: 1,
    max_tokens: MAX_TOKENS,
    stream: false,
  }
}

async function textOf(answer: Response): Promise<string> {
  try {
    return await boundedText(answer, MAX_ANSWER_BYTES)
  } catch (error) {
    throw failed(reasonOf(error))
  }
}

function contentOf(text: string): string {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw failed('no JSON')
  }
  const [choice] = Completion.safeParse(body).data?.choices ?? []
  if (!choice) throw failed('no completion')
  if (choice.finish_reason === 'length') throw failed('cut off')
  return choice.message.content
}

/** The reason is a code or a kind of error: texts of errors may hold what was sent. */
function failed(reason: string): AppError {
  return new AppError('upstream', `the language model did not answer: ${reason}`, { data: { reason } })
}
