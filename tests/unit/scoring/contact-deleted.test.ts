import { expect, it } from 'vitest'
import { noteOfDeleted, readDeleted } from '../../../src/model/deleted-contact.ts'
import { rules } from '../../../src/scoring/scorers/rules.ts'
import { contactChange } from '../../../src/scoring/signals/contact-change.ts'
import { contactDeleted } from '../../../src/scoring/signals/contact-deleted.ts'
import { event, features, orders, SCORING } from '../../support/facts.ts'

const deleted = (ago: number, rep = '王晓明', still: string[] = []) =>
  event('contact-deleted', ago, { text: noteOfDeleted({ rep, still }) })
const added = (ago: number, rep = '王晓明') => event('contact-added', ago, { text: rep })
const evidence = (...events: Parameters<typeof features>[0]) =>
  contactDeleted.evaluate(features(events), SCORING)

it('a customer who deleted the rep is a strong, dated reason of its own that fades slowly', () => {
  expect(evidence(deleted(0))).toMatchObject({
    signal: 'contact-deleted',
    points: 52,
    facts: [{ kind: 'contact-deleted', values: { who: '王晓明', still: '', days: 0 } }],
  })
  expect(evidence(deleted(90))?.points).toBe(26)
  expect(evidence(deleted(181))).toBeNull()
})

it('is weaker where the customer kept somebody else of us, and names whom', () => {
  const [fact] = evidence(deleted(0, '王晓明', ['李静', '陈立']))?.facts ?? []
  expect(fact?.values).toMatchObject({ who: '王晓明', still: '李静、陈立' })
  expect(evidence(deleted(0, '王晓明', ['李静']))?.points).toBe(20)
  expect(evidence(deleted(3, '王晓明', ['李静']), deleted(0, '李静'))?.points).toBe(52)
})

it('ends when the same rep is added again, and only then', () => {
  expect(evidence(deleted(5), added(1))).toBeNull()
  expect(evidence(deleted(5), added(1, '李静'))).not.toBeNull()
  expect(evidence(added(9), deleted(5))).not.toBeNull()
  expect(evidence(deleted(9), added(5), deleted(1))?.facts).toHaveLength(1)
})

it('a rep who deleted the customer is no reason for churn', () => {
  expect(evidence(event('contact-dropped', 1, { text: '王晓明' }))).toBeNull()
  const one = features([event('contact-dropped', 1)])
  expect(contactChange.evaluate(one, SCORING)).toBeNull()
})

it('makes a calm customer one to watch under the rules, and changes nothing for the others', () => {
  const calm = orders([5, 35, 65, 95])
  const risk = (...more: Parameters<typeof features>[0]): number =>
    rules.score(features([...calm, ...more]), rules.params.parse({}), SCORING).risk ?? 0
  expect(risk(deleted(1))).toBeGreaterThan(0.5)
  expect(risk(deleted(1), added(0))).toBe(risk())
  expect(risk(event('contact-dropped', 1))).toBe(risk())
})

it('reads notes of files, which may be empty', () => {
  expect(readDeleted('')).toEqual({ rep: '', still: [] })
  expect(readDeleted(noteOfDeleted({ rep: 'A/B', still: ['C'] }))).toEqual({ rep: 'A B', still: ['C'] })
})
