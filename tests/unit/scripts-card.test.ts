import { describe, expect, it } from 'vitest'
import type { TrialFigures } from '../../src/cards/effect.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { type ScriptsInput, scriptsCard } from '../../src/cards/scripts.ts'
import { CARD_MAX_LINES } from '../../src/model/card.ts'
import { textFor } from '../../src/text/index.ts'

const LONG = '超级无敌长名字的工业自动化设备'.repeat(6)
const SHARE = { estimate: 0.42, low: 0.3, high: 0.55 }
const KNOWN: TrialFigures = {
  state: 'known',
  verdict: 'not-shown',
  judged: { treated: 174, control: 175 },
  rates: { treated: SHARE, control: SHARE, difference: { estimate: 0.031, low: -0.07, high: 0.13 } },
  extraKept: SHARE,
  extraRevenue: null,
}
const TOO_FEW: TrialFigures = {
  state: 'too-few',
  have: { treated: 12, control: 11 },
  kept: { treated: 3, control: 2 },
  need: { treated: 174, control: 174 },
  missing: { treated: 162, control: 163 },
  detectable: null,
}
const BROKEN: TrialFigures = { state: 'broken', have: { treated: 90, control: 10 } }

function trial(effect: TrialFigures, more: Partial<ScriptsInput['trials'][number]> = {}) {
  const says = { a: LONG, b: LONG }
  return { title: LONG, startedOn: 20_700, ended: false, windowDays: 30, waiting: 9, says, effect, ...more }
}

function lines(trials: ScriptsInput['trials'], locale: 'zh-CN' | 'en' = 'zh-CN'): string[] {
  return cardLines(scriptsCard({ team: LONG, trials, asOf: 20_780 }, textFor(locale)))
}

describe('成效 话术', () => {
  it.each(['zh-CN', 'en'] as const)('fits one screen, whatever there is to tell (%s)', (locale) => {
    for (const effect of [KNOWN, TOO_FEW, BROKEN]) {
      const shown = lines(Array(5).fill(trial(effect)), locale)
      expect(shown.length).toBeLessThanOrEqual(CARD_MAX_LINES)
      expect(shown.join()).not.toMatch(/undefined|null|NaN/)
      expect(shown.join()).toMatch(/还有 3 个试验|3 more trials/)
    }
    expect(lines([], locale).length).toBeGreaterThan(1)
  })

  it('tells the difference with its interval, what is missing, or why there is no verdict', () => {
    expect(lines([trial(KNOWN)])).toContain('A 比 B +3.1 个百分点（−7.0 ～ +13.0 点）：看不出差别')
    expect(lines([trial(TOO_FEW)])).toContain('样本不足，还差：A 162 家、B 163 家')
    expect(lines([trial(TOO_FEW, { ended: true })])).toContain('样本不足')
    expect(lines([trial(BROKEN)]).join()).toContain('A 90 家 · B 10 家')
  })
})
