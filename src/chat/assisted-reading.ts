import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { asAppError } from '../errors.ts'
import { isoFromDay } from '../model/day.ts'
import type { LanguageModel, ModelResult } from '../model/language-model.ts'
import { type Answer, answerOf, questionOf } from '../retention/assist/question.ts'
import { startRedaction } from '../retention/assist/redact.ts'
import { withAnswer } from '../retention/assist/with-answer.ts'
import type { Understood } from '../retention/understand.ts'
import { namesOfCustomer, namesOfCustomers, namesOfMembers } from '../store/names-to-hide.ts'
import { addToState } from '../store/state.ts'

/** Names of so many customers are looked for at a time. */
const PAGE = 2_000
/** With more customers a rep would wait too long for the search: nothing is asked. */
const MAX_CUSTOMERS = 100_000

export interface NoteInQuestion {
  readonly words: string
  /** Null where no single customer is known. */
  readonly customerId: number | null
  readonly own: Understood
}

/**
 * What the language model says of a note that the own reader is unsure of; null where nothing is asked or no answer
 * counts. Never throws and never takes longer than `understand.assist.timeoutMs` after the search for names.
 * Not inside a transaction: it waits for another machine.
 */
export async function askModel(ctx: Ctx, note: NoteInQuestion): Promise<Answer | null> {
  const { languageModel } = ctx
  if (!languageModel || note.own.unsure.length === 0) return null
  try {
    const { result, answer } = await asked(ctx, languageModel, note)
    languageModel.counts[result]++
    return answer
  } catch (thrown) {
    const error = asAppError(thrown)
    languageModel.counts.failed++
    // The own reading stands. The error names a code, never the note.
    ctx.log.debug({ error }, 'the language model was no help')
    return null
  }
}

async function asked(
  ctx: Ctx,
  model: LanguageModel,
  { words, customerId, own }: NoteInQuestion,
): Promise<{ result: ModelResult; answer: Answer | null }> {
  if (model.resting) return { result: 'resting', answer: null }
  const redacted = await redact(ctx, words, customerId)
  if (redacted === null) return { result: 'withheld', answer: null }
  if (!(await isWithinDay(ctx))) return { result: 'capped', answer: null }
  const answer = answerOf(await model.ask(questionOf(redacted)))
  if (!answer) return { result: 'refused', answer }
  return { result: withAnswer(words, own, answer).fields.length > 0 ? 'used' : 'same', answer }
}

/** The words without anything that names somebody; null when that cannot be had. */
async function redact(ctx: Ctx, words: string, customerId: number | null): Promise<string | null> {
  const own = customerId === null ? null : await namesOfCustomer(ctx, customerId)
  const redaction = startRedaction(words, own)
  for (const name of await namesOfMembers(ctx)) redaction.member(name)
  let seen = 0
  for (let after = 0; ; ) {
    const page = await namesOfCustomers(ctx, after, PAGE)
    for (const one of page) redaction.customer(one)
    seen += page.length
    const last = page.at(-1)
    if (!last || page.length < PAGE) return redaction.done()
    if (seen >= MAX_CUSTOMERS) return null
    after = last.id
  }
}

/** Counts the question, whatever becomes of it. The count goes with those of messages (`pace.*`) after some days. */
async function isWithinDay(ctx: Ctx): Promise<boolean> {
  const day = isoFromDay(calendarFor(ctx.settings).dayOf(ctx.clock.now()))
  const asked = await addToState(ctx, `pace.language-model.${day}`, 1)
  return asked <= ctx.settings.understand.assist.maxPerDay
}
