import { expect, it } from 'vitest'
import { buttonsOf, LIMITS, MAX_BYTES, renderCard } from '../../adapters/playground/render.ts'
import type { Card, CardAction } from '../../src/model/card.ts'
import { fc } from '../support/fast-check.ts'
import { chart, churn, contacted, digest, why } from '../support/sample-cards.ts'

it('shows every element of a card within the limits', () => {
  for (const card of [digest, { ...why, chart }, churn, contacted]) {
    expect(renderCard(card)).toEqual({ card, notShown: [] })
  }
})

it('names what it leaves out, with the path of the item', () => {
  const button: CardAction = { action: 'why', label: '为什么', payload: { customer: 1 } }
  const many = <T>(value: T): T[] => Array.from({ length: 20 }, () => value)
  const { card, notShown } = renderCard({
    summary: '多',
    title: '多',
    facts: many('事实'),
    actions: many(button),
    items: [
      { title: '一', lines: ['短'] },
      { title: '二', lines: many('长'), actions: many(button) },
    ],
  })
  expect(notShown).toEqual(['facts[12…]', 'items[1].lines[8…]', 'items[1].actions[6…]', 'actions[6…]'])
  expect(card.facts).toHaveLength(LIMITS.facts)
  expect(buttonsOf(card)).toHaveLength(2 * LIMITS.actions)
})

it('never exceeds its size and always keeps the summary’s beginning', () => {
  const text = fc.string({ maxLength: 400 })
  const anyCard: fc.Arbitrary<Card> = fc.record({
    summary: fc.string({ maxLength: 20_000 }),
    title: text,
    facts: fc.array(fc.string({ maxLength: 20_000 }), { maxLength: 30 }),
    notes: fc.array(text, { maxLength: 30 }),
  })
  fc.assert(
    fc.property(anyCard, (given) => {
      const { card, notShown } = renderCard(given)
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(MAX_BYTES)
      expect(given.summary.startsWith(card.summary)).toBe(true)
      if (notShown.length === 0) expect(card).toEqual(given)
    }),
    { numRuns: 60 },
  )
})
