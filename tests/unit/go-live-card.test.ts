import { describe, expect, it } from 'vitest'
import { driftCard } from '../../src/cards/drift.ts'
import { CARD_MAX_CHARS, cardLines, widthOf } from '../../src/cards/fit-card.ts'
import { type GoLiveInput, goLiveCard } from '../../src/cards/go-live.ts'
import { CARD_MAX_LINES } from '../../src/model/card.ts'
import { EVENT_KINDS } from '../../src/model/event.ts'
import { GO_LIVE_REASONS } from '../../src/model/go-live.ts'
import { rowColumns } from '../../src/scoring/learn/history/feature-row.ts'
import { textFor } from '../../src/text/index.ts'
import { sampleReport } from '../support/go-live.ts'

const STATES = ['proposed', 'active', 'refused', 'retired', 'withdrawn', 'rules-stay'] as const
const zh = textFor('zh-CN')

function input(state: (typeof STATES)[number], given: Partial<GoLiveInput> = {}): GoLiveInput {
  return {
    shown: { id: 3, kind: 'blend', state, usable: state !== 'rules-stay', report: sampleReport() },
    active: state === 'active' ? { id: 3, kind: 'blend' } : null,
    idle: false,
    rules: 'rules',
    missed: ['北京德泽供应链管理有限公司', '东莞恒达塑胶制品有限公司'],
    other: 2,
    ...given,
  }
}

const buttons = (one: GoLiveInput) => goLiveCard(one, zh).actions?.map(({ label }) => label)

describe('the go-live card', () => {
  it('is one screen with the figures, the baselines and the reason', () => {
    const card = goLiveCard(input('proposed'), zh)
    const lines = cardLines(card)
    expect(lines.length).toBeLessThanOrEqual(CARD_MAX_LINES)
    expect(lines.reduce((sum, line) => sum + widthOf(line), 0)).toBeLessThanOrEqual(CARD_MAX_CHARS)
    const said = lines.join('\n')
    expect(card.title).toBe('新评分模型通过回测，等你决定 · 版本 3')
    expect(card.figure?.value).toBe('70.0 %')
    expect(said).toContain('0.850（规则 0.800）')
    expect(said).toContain('只看多久没下单 0.780，沉默超过 90 天 0.700')
    expect(said).toContain('2.5 倍 / 60.0 %（规则 2.5 倍 / 60.0 %）')
    expect(said).toContain('中位 34 天 / 每人每天 0.80 条')
    expect(said).toContain('AUC 高 +0.041 ± 0.012')
    expect(said).toMatch(/漏掉 12 家（北京德泽.*等），误报 30 家/)
    expect(said).toContain('37 家换等级：升 20 家，降 17 家')
    expect(said).toContain('你不点，什么都不会变')
  })

  it.each(['too-few-churns', 'too-few-stays', 'short-history'] as const)(
    'leads with what is lacking (%s) and shows no figure of two customers',
    (reason) => {
      const why = { churned: 2, stayed: 0, needed: 50, gain: null, gainSe: null, onlyDays: null }
      const replay = { alerts: 2, lost: 2, caught: 2, leadDaysMedian: 5, pushesPerRepDay: 0.1, reps: 1 }
      const report = sampleReport({ chosen: 'rules', reason, why, replay, customers: 2, churned: 2 })
      const shown = { id: 3, kind: 'rules', state: 'rules-stay' as const, usable: false, report }
      const card = goLiveCard(input('rules-stay', { shown }), zh)
      expect(card.figure).toBeUndefined()
      expect(cardLines(card)[1]).toBe(zh.model.reasons[reason](why))
      expect(cardLines(card).join('\n')).toContain('其中流失 2 / 2')
      expect(cardLines(card).join('\n')).not.toMatch(/%|AUC|Brier/)
    },
  )

  it('offers what can be decided now', () => {
    expect(buttons(input('proposed'))).toEqual(['采用', '暂不采用', '重新评估'])
    expect(buttons(input('proposed', { active: { id: 1, kind: 'trees' } }))).toEqual([
      '采用',
      '暂不采用',
      '改回规则',
      '重新评估',
    ])
    expect(buttons(input('active'))).toEqual(['改回规则', '重新评估'])
    expect(buttons(input('retired'))).toEqual(['采用', '重新评估'])
    expect(buttons(input('withdrawn'))).toEqual(['采用', '重新评估'])
    expect(goLiveCard(input('withdrawn'), zh).title).toContain('已被新的评估取代')
    expect(buttons(input('rules-stay'))).toEqual(['重新评估'])
    expect(buttons(input('proposed', { shown: null }))).toEqual(['重新评估'])
  })

  it('does not say that the rules stay while a model is in use', () => {
    const kept = input('rules-stay', { active: { id: 1, kind: 'trees' } })
    expect(goLiveCard(kept, zh).title).toBe('这次没有更好的模型 · 版本 3')
    expect(cardLines(goLiveCard(kept, zh)).join('\n')).toContain('在用：版本 1（决策树）')
  })

  it('says when the version in use cannot speak', () => {
    const said = cardLines(goLiveCard(input('active', { idle: true }), zh)).join('\n')
    expect(said).toContain('在用：规则 · 版本 3 看的天数与现在的设置不同')
  })

  it.each(['zh-CN', 'en'] as const)('gives one sentence for every reason in %s', (locale) => {
    const text = textFor(locale)
    const why = { churned: 12, stayed: 9, needed: 50, gain: -0.002, gainSe: 0.01, onlyDays: null }
    const sentences = GO_LIVE_REASONS.map((reason) => {
      const shown = {
        id: 3,
        kind: 'rules',
        state: 'rules-stay' as const,
        usable: false,
        report: sampleReport({ reason, why }),
      }
      const card = goLiveCard(input('rules-stay', { shown }), text)
      expect(cardLines(card).join('\n')).not.toMatch(/undefined|NaN|null/)
      return text.model.reasons[reason](why)
    })
    expect(new Set(sentences).size).toBe(GO_LIVE_REASONS.length)
    expect(text.model.reasons['too-few-churns'](why)).toMatch(/12.*50/)
  })

  it.each(STATES)('fits with an unreadable report too (%s)', (state) => {
    const shown = { id: 3, kind: 'blend', state, usable: true, report: null }
    expect(cardLines(goLiveCard(input(state, { shown }), zh)).length).toBeLessThanOrEqual(4)
  })
})

describe('the drift card', () => {
  const nothing = { version: 2, moved: [], level: null, ranking: null }

  it('is silent when nothing moved', () => {
    expect(driftCard(nothing, zh)).toBeNull()
  })

  it('has a word for every column that a model sees', () => {
    const plan = { horizon: 90, withAmounts: true, kinds: [...EVENT_KINDS].slice(1), nps: true }
    for (const { name } of rowColumns(plan)) expect(zh.model.feature(name)).not.toBe(name)
    expect(zh.model.feature('login:since')).toBe('距上次登录的天数')
  })

  it('names what moved, and what may be done', () => {
    const card = driftCard(
      {
        version: 2,
        moved: [{ name: 'gapMedian', psi: 0.312 }],
        level: { said: 0.2, came: 0.35 },
        ranking: { before: 0.85, now: 0.71 },
      },
      zh,
    )
    const said = card ? cardLines(card).join('\n') : ''
    expect(said).toContain('下单间隔分布变化明显（PSI 0.31）')
    expect(said).toContain('平均风险 20.0 %，实际流失 35.0 %')
    expect(said).toContain('AUC 从 0.850 降到 0.710')
    expect(said).toContain('建议重新评估')
    expect(card?.actions?.map(({ label }) => label)).toEqual(['重新评估', '看报告'])
  })
})
