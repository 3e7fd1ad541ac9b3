import { describe, expect, it } from 'vitest'
import { GoLiveReport, readReport } from '../../src/model/go-live.ts'
import type { CompanyBacktest } from '../../src/scoring/backtest-company.ts'
import { DEFAULT_GATE, judge } from '../../src/scoring/learn/backtest/gate.ts'
import { makeReport } from '../../src/scoring/propose/make-report.ts'

/** `churns` of 400 customers churn; the model ranks them right by `skill`, the rules by chance alone. */
function planted(churns: number, skill: number) {
  const y = Float64Array.from({ length: 400 }, (_, i) => (i < churns ? 1 : 0))
  const noise = (i: number): number => ((i * 7919) % 400) / 400
  const rate = churns / 400
  const model = y.map((value, i) => 0.02 + 0.96 * (skill * value + (1 - skill) * rate * noise(i)))
  const rules = y.map((_, i) => 0.02 + 0.96 * 2 * rate * noise(i))
  return judge(y, model, rules)
}

describe('the gate', () => {
  it('opens at exactly so many churns, and says how many there were', () => {
    expect(planted(DEFAULT_GATE.fewest - 1, 0.5)).toMatchObject({
      reason: 'too-few-churns',
      churned: 49,
      stayed: 351,
    })
    expect(planted(DEFAULT_GATE.fewest, 0.5)).toMatchObject({ passed: true, reason: 'passed', churned: 50 })
    expect(planted(400 - DEFAULT_GATE.fewest + 1, 0.5).reason).toBe('too-few-stays')
  })

  it('stays shut without a gain', () => {
    expect(planted(120, 0).reason).toBe('no-gain')
  })
})

const verdict = (reason: 'no-gain' | 'not-certain' | 'too-few-churns' | 'passed', name: string) => ({
  name,
  reason,
  passed: reason === 'passed',
  gain: 0.01,
  gainSe: 0.02,
  churned: 60,
  stayed: 300,
})

function backtest(given: {
  lack?: CompanyBacktest['lack']
  verdicts?: ReturnType<typeof verdict>[]
}): CompanyBacktest {
  const { lack = null, verdicts = [] } = given
  return {
    lack,
    testAsOf: 20_000,
    report: {
      test: { asOf: 20_000, horizonDays: 90, customers: 400, churned: 80 },
      trainAsOf: 19_910,
      scorers: [],
      insufficient: [],
      chosen: 'rules',
      verdicts,
      level: null,
      choiceHorizon: null,
    },
    replay: { alerts: 90, alertsPerDay: 1, lost: 50, caught: 40, leadDaysMedian: 30 },
    pushesPerRepDay: 0.25,
    reps: 4,
    rules: 'rules',
    sample: null,
  }
}

const made = (given: Parameters<typeof backtest>[0], chosen = 'rules', hasModel = false) =>
  makeReport({
    asOf: 20_090,
    horizon: 90,
    backtest: backtest(given),
    chosen,
    hasModel,
    look: null,
    change: null,
  })

describe('the report of an evaluation', () => {
  it('tells the reason of the model that came closest', () => {
    const verdicts = [
      verdict('no-gain', 'logistic'),
      verdict('not-certain', 'blend'),
      verdict('no-gain', 'trees'),
    ]
    expect(made({ verdicts })).toMatchObject({ reason: 'not-certain', chosen: 'rules' })
    expect(made({ verdicts: [verdict('too-few-churns', 'blend')] })).toMatchObject({
      reason: 'too-few-churns',
      why: { churned: 60, stayed: 300, needed: 50 },
    })
  })

  it('passes only with a model that can go live', () => {
    const verdicts = [verdict('passed', 'blend')]
    expect(made({ verdicts }, 'blend', true)).toMatchObject({ reason: 'passed', chosen: 'blend' })
    expect(made({ verdicts }, 'blend', false)).toMatchObject({ reason: 'no-model', chosen: 'rules' })
  })

  it('tells of a short history, also where there was nothing to choose on', () => {
    expect(made({ lack: 'short-history' }).reason).toBe('short-history')
    expect(made({}).reason).toBe('short-history')
  })

  it('is read back as it was stored, and not where another program wrote it', () => {
    const report = made({ verdicts: [verdict('no-gain', 'blend')] })
    expect(readReport(JSON.stringify(report))).toEqual(report)
    expect(readReport(JSON.stringify({ ...report, version: 2 }))).toBeNull()
    expect(readReport('{}')).toBeNull()
    expect(GoLiveReport.safeParse(report).success).toBe(true)
  })
})
