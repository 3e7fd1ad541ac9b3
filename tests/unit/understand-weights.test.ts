import { describe, expect, it } from 'vitest'
import { readByRules } from '../../src/retention/understand/by-rules.ts'
import { evidenceOf } from '../../src/retention/understand/evidence.ts'
import { judge, likelihoods } from '../../src/retention/understand/judge.ts'
import { shippedLexicon } from '../../src/retention/understand/lexicon.ts'
import { readWeights, shippedWeights } from '../../src/retention/understand/weights.ts'
import { learn, lessonOf } from '../support/reader/learn.ts'
import { digestOfNotes, labelledNotes, MAX_NEXT_DAYS, type Note, WRITTEN } from '../support/reader/notes.ts'

const rulesOf = (text: string) => readByRules(text, WRITTEN, MAX_NEXT_DAYS, shippedLexicon())

describe('the learned weights', () => {
  it('are those of the notes and the lexicon; otherwise run npm run train-reader', () => {
    expect(shippedWeights().learnedFrom).toBe(digestOfNotes())
  })

  it('are learned the same each time, from what is right in the notes', () => {
    const note = (id: number, text: string, outcome: Note['outcome']): Note => ({
      id,
      set: 'practice',
      text,
      outcome,
      reason: null,
      effective: true,
    })
    const texts = ['甲乙丙', '甲乙丁', '甲乙戊', '子丑寅', '子丑卯', '子丑辰']
    const lessons = texts.map((text, id) => lessonOf(note(id, text, id < 3 ? 'ordered' : 'lost')))
    const weights = learn(lessons, 'six notes')
    expect(learn(lessons, 'six notes')).toEqual(weights)
    expect(judge(rulesOf('甲乙己'), weights).outcome).toBe('ordered')
    expect(judge(rulesOf('子丑巳'), weights).outcome).toBe('lost')
  })

  it('never read a result without contact, nor no contact as 有效', () => {
    const odd = labelledNotes()
      .slice(0, 2_000)
      .filter(({ text }) => {
        const { outcome, effective } = judge(rulesOf(text), shippedWeights())
        return outcome !== 'neutral' && effective === (outcome === null || outcome === 'no-answer')
      })
    expect(odd).toEqual([])
  })

  it('give likelihoods that add to one', () => {
    const likely = likelihoods(evidenceOf(rulesOf('老王说再看看')), shippedWeights())
    for (const field of Object.values(likely))
      expect(field.reduce((sum: number, one: number) => sum + one, 0)).toBeCloseTo(1, 9)
  })

  it.each(['__proto__', '不'.repeat(200), '1', ''])('leave %j to the rules', (text) => {
    const { outcome, reason, effective } = rulesOf(text)
    expect(judge(rulesOf(text), shippedWeights())).toEqual({
      ...{ outcome, reason, effective },
      unsure: ['outcome', 'reason'],
    })
  })

  it.each(['outcome', 'reason'] as const)('say where %s may well be wrong', (field) => {
    const kept = labelledNotes().filter((note) => note.set === 'kept' && note[field] !== undefined)
    const read = kept.map((note) => {
      const judged = judge(rulesOf(note.text), shippedWeights())
      return {
        unsure: judged.unsure.includes(field),
        wrong: judged[field] !== note[field],
      }
    })
    const wrongShare = (unsure: boolean): number => {
      const those = read.filter((one) => one.unsure === unsure)
      return those.filter(({ wrong }) => wrong).length / those.length
    }
    expect(read.filter(({ unsure }) => unsure).length).toBeLessThan(kept.length / 2)
    expect(wrongShare(true)).toBeGreaterThan(4 * wrongShare(false))
  })

  it.each(['', '{}', '{"about":1}'])('a damaged file %j is a fault of the configuration', (json) => {
    expect(() => readWeights(json)).toThrow('the weights are not valid')
  })
})
