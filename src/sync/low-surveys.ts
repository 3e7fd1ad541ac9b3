import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { lowSurveyNote } from '../model/low-survey.ts'
import type { Settings } from '../settings.ts'
import { addFacts } from '../store/import-facts.ts'
import { answersOf, type SurveyAnswer } from '../store/survey-answers.ts'
import type { Batch } from './batch.ts'

/** Source of the events written here. */
const SOURCE = 'surveys'
/** Older answers interrupt nobody: they are in the score. */
const NEWS_DAYS = 30

/**
 * Writes a `low-survey` event for every new answer that is low, or fell against the same contact's own last one (A86,
 * A87): the event lane makes a card of it. One event an answer, however often it is loaded; an answer that its source
 * corrects later keeps its event.
 */
export async function writeLowSurveys(ctx: Ctx, { columns }: Batch): Promise<void> {
  const since = calendarFor(ctx.settings).dayOf(ctx.clock.now()) - NEWS_DAYS
  const fresh = (columns.customer_id ?? []).filter((_, at) => Number(columns.day?.[at]) >= since)
  const answers = await answersOf(ctx, [...new Set(fresh.map(Number))])
  const low = lowAnswers(answers, ctx.settings).filter(({ answer }) => answer.day >= since)
  if (low.length === 0) return
  await addFacts(
    ctx,
    'events',
    SOURCE,
    low.map(({ answer }) => answer.key),
    {
      customer_id: low.map(({ answer }) => answer.customerId),
      kind: low.map(() => 'low-survey'),
      at: low.map(({ answer }) => answer.at),
      day: low.map(({ answer }) => answer.day),
      text: low.map(({ answer }) => answer.text),
      note: low.map(({ answer, before }) => lowSurveyNote({ ...answer, before })),
    },
  )
}

interface LowAnswer {
  readonly answer: SurveyAnswer
  /** The same contact's answer before, when this one fell. */
  readonly before: number | null
}

/** The answers that are low or fell. Pure. @param answers oldest first */
export function lowAnswers(
  answers: readonly SurveyAnswer[],
  { scoring: { signals }, push }: Pick<Settings, 'scoring' | 'push'>,
): LowAnswer[] {
  const last = new Map<string, number>()
  return answers.flatMap((answer) => {
    const { customerId, contact, kind, score } = answer
    if (kind === 'csat') return score <= push.csatLow ? [{ answer, before: null }] : []
    const who = `${customerId}/${contact ?? ''}`
    const before = last.get(who)
    last.set(who, score)
    const fell = before !== undefined && before - score >= signals.npsDrop
    return fell || score <= signals.npsLow ? [{ answer, before: fell ? before : null }] : []
  })
}
