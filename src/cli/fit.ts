import { Option } from 'commander'
import { stopwatch } from '../clock.ts'
import { type Day, isoFromDay } from '../model/day.ts'
import type { FitResult } from '../scoring/models/fit.ts'
import { bgNbd, mbgNbd, paretoNbd } from '../scoring/models/fit-purchase-model.ts'
import { fitGammaGamma } from '../scoring/models/fit-spend-model.ts'
import { loadPurchaseData, type PurchaseData, type TimeUnit } from '../scoring/purchase-history.ts'
import type { Text } from '../text/index.ts'
import { asOfDay } from './as-of.ts'
import { oldDataAt } from './old-data.ts'
import type { CliResult, Register } from './run.ts'

const MODELS = ['bg-nbd', 'mbg-nbd', 'pareto-nbd', 'gamma-gamma'] as const
type ModelName = (typeof MODELS)[number]

interface FitOptions {
  readonly asOf?: string
  readonly model: ModelName
  readonly unit: TimeUnit
}

/** `liuke fit`: fits a purchase or spend model to the orders up to the as-of day. */
export const registerFit: Register = (program, run) => {
  program
    .command('fit')
    .description('fit a purchase model (bg-nbd, mbg-nbd, pareto-nbd) or the spend model (gamma-gamma)')
    .option('--as-of <date>', 'orders up to and including this day; today by default')
    .addOption(new Option('--model <name>', 'which model').choices(MODELS).default('bg-nbd'))
    .addOption(
      new Option('--unit <unit>', 'time unit of the parameters').choices(['day', 'week']).default('week'),
    )
    .action(
      run(async (cli, { asOf, model, unit }: FitOptions) => {
        const day = asOfDay(cli, asOf)
        const loading = stopwatch()
        const data = await loadPurchaseData(cli, { asOf: day, unit, signal: cli.signal })
        const loadSeconds = loading()
        const fitting = stopwatch()
        const fitted = fitModel(model, data)
        const about = { model, day, unit, seconds: fitting(), loadSeconds }
        const { json, lines } = present(fitted, about, cli.text)
        return { json, lines: [...lines, ...(await oldDataAt(cli, day))] }
      }),
    )
}

/** A fit of any model with its parameters by name. */
type AnyFit = FitResult<Readonly<Record<string, number>>>

function fitModel(model: ModelName, { cells, spend }: PurchaseData): AnyFit {
  switch (model) {
    case 'bg-nbd':
      return bgNbd.fit(cells)
    case 'mbg-nbd':
      return mbgNbd.fit(cells)
    case 'pareto-nbd':
      return paretoNbd.fit(cells)
    case 'gamma-gamma':
      return fitGammaGamma(spend)
  }
}

interface Circumstances {
  readonly model: ModelName
  readonly day: Day
  readonly unit: TimeUnit
  readonly seconds: number
  readonly loadSeconds: number
}

function present(fit: AnyFit, about: Circumstances, text: Text): CliResult {
  const { model, seconds, loadSeconds, unit } = about
  const { customers, repeaters } = fit
  const asOf = isoFromDay(about.day)
  const head = text.fit.head(model, asOf, customers, repeaters)
  if (fit.kind === 'insufficient') {
    const none = { params: null, logLikelihood: null, customers, iterations: 0, seconds, loadSeconds }
    return {
      json: { model, asOf, unit, ...none, repeaters, insufficient: fit.reason },
      lines: [head, text.fit.reasons[fit.reason]],
    }
  }
  const { params, standardErrors, logLikelihood, iterations, notes } = fit
  return {
    json: {
      model,
      asOf,
      unit,
      params,
      standardErrors,
      logLikelihood,
      customers,
      repeaters,
      iterations,
      notes,
      seconds,
      loadSeconds,
    },
    lines: [
      head,
      ...Object.entries(params).map(([name, value]) =>
        text.fit.parameter(name, value, standardErrors[name] ?? null),
      ),
      text.fit.likelihood(logLikelihood, iterations, seconds),
      ...notes.map((note) => text.fit.notes[note]),
    ],
  }
}
