import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { evidenceSentence } from '../cards/fact-sentence.ts'
import { whatIfSentence } from '../cards/what-if-sentence.ts'
import { AppError } from '../errors.ts'
import type { Customer } from '../model/customer.ts'
import { type Day, isoFromDay } from '../model/day.ts'
import { type CustomerOutlook, forecastCustomer } from '../scoring/customer-outlook.ts'
import { type Explained, explainCustomer } from '../scoring/explain-one.ts'
import { findCustomers } from '../store/customers.ts'
import { latestRun } from '../store/score-runs.ts'
import { asOfDay } from './as-of.ts'
import type { CliCtx, Register } from './run.ts'

/** `liuke why CUSTOMER`: one customer's score with its dated facts, judged anew from the data. */
export const registerWhy: Register = (program, run) => {
  program
    .command('why')
    .description("one customer's score with its reasons")
    .argument('<customer>', 'key or name')
    .option(
      '--as-of <date>',
      'facts up to and including this day; the day of the last scoring run by default',
    )
    .action(
      run(async (cli, name: string, options: { readonly asOf?: string }) => {
        const customer = await customerNamed(cli, name)
        const explained = await explainCustomer(cli, UNSCOPED, customer.id, await whyDay(cli, options.asOf))
        if (!explained) throw unknown(cli, name)
        const forecast = await forecastCustomer(cli, customer.id, explained.asOf, cli.signal)
        return { json: asJson(cli, explained, forecast), lines: asLines(cli, explained, forecast) }
      }),
    )
}

/** By exact key first, then by exact name, then by a part of the name that fits only one. */
async function customerNamed(cli: CliCtx, name: string): Promise<Customer> {
  const found = await findCustomers(cli, UNSCOPED, name.trim())
  const byKey = found.filter((one) => one.key === name.trim())
  const [only, ...others] = byKey.length > 0 ? byKey : found
  if (only === undefined) throw unknown(cli, name)
  if (others.length === 0) return only
  const names = [only, ...others].map((one) => `${one.key} ${one.name}`)
  throw new AppError('bad-input', 'ambiguous customer', { say: cli.text.scoring.cli.ambiguous(name, names) })
}

function unknown(cli: CliCtx, name: string): AppError {
  return new AppError('not-found', 'no such customer', { say: cli.text.scoring.cli.unknownCustomer(name) })
}

async function whyDay(cli: CliCtx, text: string | undefined): Promise<Day> {
  if (text !== undefined) return asOfDay(cli, text)
  const run = await latestRun(cli)
  return run?.asOf ?? calendarFor(cli.settings).dayOf(cli.clock.now()) - 1
}

/** The document of design section 6. Figures of the purchase models are null where these cannot be fitted. */
function asJson(cli: CliCtx, explained: Explained, forecast: CustomerOutlook | null): unknown {
  const { customer, asOf, score, scorer, evidence, raw, nextOrderDue } = explained
  return {
    customer: customer.key,
    name: customer.name,
    asOf: isoFromDay(asOf),
    risk: score.risk,
    band: score.band,
    tier: score.tier,
    stage: score.stage,
    churned: score.churned,
    pAlive: forecast?.pAlive ?? null,
    clv12m: forecast?.value12m ?? null,
    clv12mRange: forecast?.range12m ?? null,
    expectedOrders: forecast?.expectedOrders12m ?? null,
    pNoOrder: forecast?.pNoOrder ?? null,
    nextOrderDue: nextOrderDue === null ? null : isoFromDay(nextOrderDue),
    rfm: score.rfm,
    rfmSegment: score.rfmSegment,
    raw,
    scorer,
    points: score.points,
    base: score.base,
    why: evidence.map((one) => ({
      signal: one.signal,
      points: one.points,
      text: evidenceSentence(one, cli.text),
      facts: one.facts.map((fact) => ({ ...fact, on: isoFromDay(fact.on) })),
    })),
    whatIf: explained.whatIf(),
  }
}

function asLines(
  { text }: CliCtx,
  { customer, score, evidence, raw, ...explained }: Explained,
  forecast: CustomerOutlook | null,
): string[] {
  const { cli, stages, rfmSegments, signals } = text.scoring
  const risk = score.risk === null ? text.common.insufficient : text.common.percent(score.risk)
  const stage = stages[score.stage] ?? score.stage
  // A customer lost for long has no band any more; 平稳 would read as good news.
  const band = score.churned && score.band === 'none' ? cli.lost : text.common.bands[score.band]
  const segment = rfmSegments[score.rfmSegment] ?? score.rfmSegment
  const signed = (points: number): string => (points > 0 ? `+${points}` : `${points}`)
  const reasons = evidence.map(
    (one) => `${signed(one.points)} ${signals[one.signal] ?? one.signal}: ${evidenceSentence(one, text)}`,
  )
  const base = score.base === null || score.base === 0 ? [] : [text.cards.why.base(signed(score.base))]
  const change = explained.whatIf()
  return [
    cli.why(customer.name, band, risk),
    `${cli.tiers} ${text.common.tiers[score.tier]} · ${stage} · ${segment}`,
    cli.raw(raw.daysSinceOrder, raw.orderDays, text.common.money(raw.revenue12m)),
    ...base,
    ...(reasons.length > 0 ? reasons : [cli.noReasons]),
    ...(change ? [whatIfSentence(change, text)] : []),
    ...(forecast && forecast.pAlive === null ? [cli.noDropOut(text.common.percent(forecast.pNoOrder))] : []),
  ]
}
