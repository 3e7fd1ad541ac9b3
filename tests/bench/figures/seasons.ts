import { type Stage, stageAt } from '../../../src/scoring/learn/backtest/stage.ts'
import { levelReport } from '../../../src/scoring/learn/calibrate/level-report.ts'
import { churnLabels } from '../../../src/scoring/learn/history/dataset.ts'
import { withPurchaseModel } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import { purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { freshFits, rememberedFits } from '../../../src/scoring/learn/learned/fit-part.ts'
import { modelAsOf } from '../../../src/scoring/learn/learned/model-as-of.ts'
import { learnedRisk } from '../../../src/scoring/learn/learned/score-learned.ts'
import { trainLearned } from '../../../src/scoring/learn/learned/train-learned.ts'
import { measure } from '../../../src/scoring/learn/metrics/measure.ts'
import { seasonalOrders } from '../../support/seasonal-orders.ts'

const DAYS = 1200
const HORIZON = 90
const CUSTOMERS = 2000
const SEEDS = [1, 2, 3, 4]
/** Before, in, and after the season of the third year. */
const TEST_DAYS = [900, 950, 1000, 1050, 1100]

/** Companies with a season, and one without: how the rate of buying swings, and how unlike one year is to another. */
const COMPANIES = [
  { title: 'no season', swing: 0, unlike: 0 },
  { title: 'swings by 30 %, years differ by a fifth of it', swing: 0.3, unlike: 0.2 },
  { title: 'swings by 60 %, years alike', swing: 0.6, unlike: 0 },
  { title: 'swings by 60 %, years differ by two fifths of it', swing: 0.6, unlike: 0.4 },
] as const

interface Trial {
  /** How far the mean risk was off, with and without the past years. */
  readonly off: number
  readonly blindOff: number
  readonly ece: number
  readonly blindEce: number
  readonly inside: boolean
}

/** Simulated companies of three years, judged with and without what a model of a year ago shows. */
export async function seasonsTable(): Promise<string> {
  const rows: string[] = []
  for (const { title, swing, unlike } of COMPANIES) {
    const trials: Trial[] = []
    for (const seed of SEEDS)
      for (const asOf of TEST_DAYS) trials.push(await tryOut(swing, unlike, seed, asOf))
    const mean = (of: (trial: Trial) => number): string =>
      (trials.reduce((sum, trial) => sum + of(trial), 0) / trials.length).toFixed(4).replace(/^0/, '')
    const inside = trials.filter((trial) => trial.inside).length
    const figures = [mean((one) => one.blindOff), mean((one) => one.off), mean((one) => one.blindEce)]
    rows.push(
      `| ${[title, ...figures, mean((one) => one.ece), `${inside} of ${trials.length}`].join(' | ')} |`,
    )
  }
  return [
    '| company | level off by, without | with last year | ECE, without | with last year | inside the interval |',
    `|${'---|'.repeat(6)}`,
    ...rows,
  ].join('\n')
}

async function tryOut(swing: number, unlike: number, seed: number, asOf: number): Promise<Trial> {
  const log = purchaseLog(seasonalOrders({ customers: CUSTOMERS, days: DAYS, seed, swing, unlike }), DAYS - 1)
  const stage = await stageAt(log, { asOf, horizon: HORIZON, enrich: withPurchaseModel })
  const y = churnLabels(log, stage.members, asOf, HORIZON)
  const fitPart = rememberedFits(freshFits())
  const learn = async (given: Stage) => {
    const model = await trainLearned({ ...given, kind: 'logistic', fitPart })
    if (!model?.level) throw new Error('a simulated company has enough to learn from')
    const risk = learnedRisk(modelAsOf(model, asOf), stage.x)
    return { measures: measure(y, risk), told: levelReport(model.level, asOf, risk) }
  }
  const [aware, blind] = [
    await learn(stage),
    await learn({ ...stage, lastYear: null, lastYearEarlier: null }),
  ]
  const rate = aware.measures.positives / aware.measures.rows
  const { expected, low, high } = aware.told
  return {
    off: Math.abs(expected - rate),
    blindOff: Math.abs(blind.told.expected - rate),
    ece: aware.measures.ece,
    blindEce: blind.measures.ece,
    inside: low !== null && high !== null && low <= rate && rate <= high,
  }
}
