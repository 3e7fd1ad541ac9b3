import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Ctx } from '../context.ts'
import type { Adapter } from '../model/chat.ts'
import { countByState, latestJobRuns, latestScoreRun } from '../store/service-figures.ts'

export interface Metrics {
  readonly contentType: string
  scrape(): Promise<string>
}

/** The process's own figures, and what stands in the database at the moment of the scrape. */
export function createMetrics(ctx: Ctx, adapters: readonly Adapter[]): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name, help, labelNames, registers: [register] })
  const outbox = gauge('liuke_outbox_messages', 'Outgoing messages by state', ['state'])
  const inbox = gauge('liuke_inbox_events', 'Incoming events by state', ['state'])
  const jobSlot = gauge('liuke_job_last_slot_seconds', 'Due time of each job’s latest run', ['job', 'state'])
  const scoreAsOf = gauge(
    'liuke_score_as_of_day',
    'As-of day of the latest scoring run, days since 1970-01-01',
  )
  const scored = gauge('liuke_score_customers', 'Customers of the latest scoring run', ['result'])

  const adapterUp = gauge('liuke_adapter_up', '1 while a chat platform takes calls', ['adapter'])
  const refused = gauge('liuke_callbacks_refused', 'Callback requests refused since the start, by reason', [
    'adapter',
    'reason',
  ])

  const calls = gauge('liuke_platform_calls', 'Calls of this month that a platform counts', [
    'adapter',
    'kind',
  ])
  const callsLimit = gauge('liuke_platform_calls_limit', 'Calls a month that the company has', [
    'adapter',
    'kind',
  ])
  const judged = gauge('liuke_answers_judged', 'Answers that people judged since the start, by verdict', [
    'adapter',
    'verdict',
  ])

  const questions = gauge(
    'liuke_language_model_questions',
    'Notes the reader was unsure of since the start, by what became of asking the language model',
    ['result'],
  )

  function refreshAdapters(): void {
    for (const adapter of adapters) {
      const { ok, refused: counts = {}, calls: used = [], feedback = {} } = adapter.health()
      for (const { kind, used: n, limit } of used) {
        calls.set({ adapter: adapter.name, kind }, n)
        callsLimit.set({ adapter: adapter.name, kind }, limit)
      }
      adapterUp.set({ adapter: adapter.name }, Number(ok))
      for (const [reason, n] of Object.entries(counts)) refused.set({ adapter: adapter.name, reason }, n)
      for (const [verdict, n] of Object.entries(feedback)) judged.set({ adapter: adapter.name, verdict }, n)
    }
  }

  async function refresh(): Promise<void> {
    refreshAdapters()
    for (const [result, n] of Object.entries(ctx.languageModel?.counts ?? {})) questions.set({ result }, n)
    setByState(outbox, await countByState(ctx, 'outbox'))
    setByState(inbox, await countByState(ctx, 'inbox'))
    jobSlot.reset()
    for (const { job, state, slot } of await latestJobRuns(ctx)) jobSlot.set({ job, state }, slot / 1000)
    const run = await latestScoreRun(ctx)
    if (!run) return
    scoreAsOf.set(run.asOf)
    scored.set({ result: 'scored' }, run.scored)
    scored.set({ result: 'insufficient' }, run.insufficient)
  }

  return {
    contentType: register.contentType,
    async scrape() {
      await refresh()
      return register.metrics()
    },
  }
}

function setByState(gauge: Gauge, counts: Readonly<Record<string, number>>): void {
  gauge.reset()
  for (const [state, count] of Object.entries(counts)) gauge.set({ state }, count)
}
