import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPress } from '../../adapters/dingtalk/press.ts'
import {
  groupOf,
  renderCard,
  renderMessage,
  TEXT_MAX_BYTES,
  trackOf,
  VALUE_MAX_BYTES,
} from '../../adapters/dingtalk/render.ts'
import type { Card } from '../../src/model/card.ts'
import { fc } from '../support/fast-check.ts'
import { churn, contacted, digest, why } from '../support/sample-cards.ts'

const template: { variables: { name: string }[] } = JSON.parse(
  readFileSync(new URL('../../adapters/dingtalk/templates/liuke-card.json', import.meta.url), 'utf8'),
)
const names = template.variables.map(({ name }) => name).sort()

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('很长'.repeat(200), '💡', '[a](b)'),
)
const action = fc.record({
  action: fc.string({ minLength: 1, maxLength: 20 }),
  label: words,
  payload: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.oneof(words, fc.integer()), {
    maxKeys: 3,
  }),
})
const actions = fc.array(action, { maxLength: 8 })
const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    summary: words,
    title: words,
    tone: fc.constantFrom('neutral', 'good', 'warning', 'urgent'),
    figure: fc.record({ value: words, label: words }),
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 12 }),
    facts: fc.array(words, { maxLength: 12 }),
    items: fc.array(fc.record({ title: words, lines: fc.array(words, { maxLength: 4 }), actions }), {
      maxLength: 8,
    }),
    notes: fc.array(words, { maxLength: 4 }),
    actions,
  },
  { requiredKeys: ['summary', 'title'] },
)

describe('cards', () => {
  it.each([
    ['digest', digest],
    ['why', why],
    ['churn', churn],
    ['contacted', contacted],
  ])('%s is shown whole', (_, card) => {
    const { params, notShown } = renderCard(card, '0', '')
    expect(notShown).toEqual([])
    expect(params).toMatchSnapshot()
  })

  it('give every variable of the template a string within its limit, whatever the card', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { params } = renderCard(card, 'state', '@media')
        expect(Object.keys(params).sort()).toEqual(names)
        for (const value of Object.values(params)) {
          expect(typeof value).toBe('string')
          expect(Buffer.byteLength(value)).toBeLessThanOrEqual(VALUE_MAX_BYTES)
          expect(value.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('name every button that has no room', () => {
    const labels = Array.from({ length: 40 }, (_, n) => `按钮 ${n}`)
    const card = {
      summary: 's',
      title: 't',
      actions: labels.map((label) => ({ action: 'a', label, payload: {} })),
    }
    const { params, notShown } = renderCard(card, '0', '')
    const kept: { label: string }[] = JSON.parse(params.buttons ?? '')
    expect(kept.length).toBeGreaterThan(5)
    expect([...kept.map(({ label }) => `button ${label}`), ...notShown]).toEqual(
      labels.map((one) => `button ${one}`),
    )
  })

  it('lead to a page from the small print, which every template shows', () => {
    const link = { title: '打开', url: 'https://liuke.example.com/board/customers/12' }
    expect(renderCard(why, '0', '', link).params.notes).toMatch(
      /^\[打开\]\(https:\/\/liuke\.example\.com\/board\/customers\/12\)/,
    )
    expect(renderCard(why, '0', '').params.notes).not.toContain('](')
  })

  it('carry presses that read back, and read nothing else', () => {
    const { params } = renderCard(why, '0', '')
    const [button]: { press: string }[] = JSON.parse(params.buttons ?? '')
    expect(readPress(button?.press ?? '')).toEqual({ action: 'contacted', payload: { case: 1 } })
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readPress(text) === null))
  })
})

describe('messages', () => {
  it('say everything but the buttons', () => {
    const { message, notShown } = renderMessage(digest, '', null)
    expect(message).toMatchSnapshot()
    expect(notShown).toHaveLength(22)
    const link = { title: '打开', url: 'https://liuke.example/' }
    expect(renderMessage(churn, '', link).message).toMatchObject({
      msgKey: 'sampleActionCard',
      msgParam: { singleTitle: '打开', singleURL: 'https://liuke.example/' },
    })
  })

  it('stay within the limit, and never let data become a link, a mention or a picture', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { msgParam } = renderMessage(card, '', null).message
        const { text = '', title = '' } = msgParam
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(TEXT_MAX_BYTES)
        expect(title.isWellFormed() && text.isWellFormed()).toBe(true)
        expect(text).not.toMatch(/[[\]<@`]|:\/\//)
      }),
      { numRuns: 500 },
    )
  })
})

describe('ids of cards', () => {
  it('are the same for a repeat and name the group', () => {
    const dm = { kind: 'dm', id: 'manager1234' } as const
    const group = { kind: 'group', id: 'cidAbC+/xyz0123456789==' } as const
    expect(trackOf('key', dm)).toBe(trackOf('key', dm))
    expect(trackOf('key', dm)).not.toBe(trackOf('key2', dm))
    expect(groupOf(trackOf('key', dm))).toBeNull()
    expect(groupOf(trackOf('key', group))).toBe(group.id)
    expect(trackOf('key', group).length).toBeLessThanOrEqual(100)
  })
})
