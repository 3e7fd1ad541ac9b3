import { describe, expect, it } from 'vitest'
import { lowSurveyNote, readLowSurvey } from '../../src/model/low-survey.ts'
import { Settings } from '../../src/settings.ts'
import type { SurveyAnswer } from '../../src/store/survey-answers.ts'
import { lowAnswers } from '../../src/sync/low-surveys.ts'

const settings = Settings.parse({})

function answer(score: number, more: Partial<SurveyAnswer> = {}): SurveyAnswer {
  return { key: 'k', customerId: 1, contact: '张伟', kind: 'nps', at: 0, day: 0, score, text: null, ...more }
}

const judged = (...answers: SurveyAnswer[]) =>
  lowAnswers(answers, settings).map(({ answer: { score }, before }) => [score, before])

describe('answers that interrupt', () => {
  it('takes an NPS of 6 or less, and a fall of two points against the own last answer', () => {
    expect(judged(answer(6))).toEqual([[6, null]])
    expect(judged(answer(7))).toEqual([])
    expect(judged(answer(10), answer(8))).toEqual([[8, 10]])
    expect(judged(answer(10), answer(9), answer(8))).toEqual([])
    expect(judged(answer(9), answer(3), answer(8), answer(6))).toEqual([
      [3, 9],
      [6, 8],
    ])
  })

  it('compares nobody with somebody else, and no satisfaction with NPS', () => {
    expect(judged(answer(10), answer(8, { contact: '李娜' }))).toEqual([])
    expect(judged(answer(10), answer(8, { customerId: 2 }))).toEqual([])
    expect(judged(answer(9), answer(4, { kind: 'csat' }), answer(8))).toEqual([])
  })

  it('takes a satisfaction of 2 of 5 or less', () => {
    expect(judged(answer(2, { kind: 'csat' }), answer(3, { kind: 'csat' }))).toEqual([[2, null]])
  })

  it('reads what it wrote, and takes no figures for words', () => {
    const low = { kind: 'nps', score: 4, before: 9 } as const
    expect(readLowSurvey(lowSurveyNote(low), '太慢')).toEqual({ ...low, words: '太慢' })
    const bare = { kind: 'csat', score: 1.5, before: null } as const
    expect(readLowSurvey(lowSurveyNote(bare), lowSurveyNote(bare))).toEqual({ ...bare, words: '' })
  })
})
