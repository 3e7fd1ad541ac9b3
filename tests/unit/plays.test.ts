import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { calendarFor } from '../../src/calendar.ts'
import { briefCard } from '../../src/cards/brief.ts'
import { widthOf } from '../../src/cards/fit-card.ts'
import { playCard } from '../../src/cards/play.ts'
import { AppError } from '../../src/errors.ts'
import { TIERS } from '../../src/model/churn.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { DRAFT_SLOTS, type DraftFields, type DraftSlot } from '../../src/model/play.ts'
import type { Evidence } from '../../src/model/score.ts'
import { STAGES } from '../../src/model/stage.ts'
import { readPlays, shippedPlays } from '../../src/retention/plays/book.ts'
import { causeOf } from '../../src/retention/plays/cause.ts'
import { draftOf } from '../../src/retention/plays/draft.ts'
import { toldReason } from '../../src/retention/plays/told-reason.ts'
import { playFor } from '../../src/retention/plays.ts'
import { REASONS } from '../../src/retention/understand/lexicon.ts'
import { GROUPS } from '../../src/scoring/explain/groups.ts'
import { signals } from '../../src/scoring/signals/index.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'
import { fc } from '../support/fast-check.ts'

const FILE = new URL('../../config/plays.yaml', import.meta.url)
const calendar = calendarFor(Settings.parse({}))
const MONDAY = dayOf('2026-11-23')
const LOCALES = ['zh-CN', 'en'] as const
const ALL_STAGES = [...STAGES.jiandao, ...STAGES.fanruan]
const CAUSES = Object.keys(shippedPlays().file.causes)

function dayOf(iso: string): number {
  const day = dayFromIso(iso)
  if (day === null) throw new Error(iso)
  return day
}

interface Book {
  causes: Record<string, { signals?: string[] }>
  matrix: Record<string, Record<string, unknown>>
  plays: Record<string, { steps: { day: number }[]; draft: { zh: string[] } } | undefined>
}

const LINE = (words: string) => ({ zh: words, en: words })

/** What is said about the shipped file after a change to it. */
function problemsAfter(change: (book: Book) => void): string[] {
  const book: Book = parse(readFileSync(FILE, 'utf8'))
  change(book)
  try {
    readPlays(stringify(book), 'plays.yaml')
  } catch (error) {
    if (error instanceof AppError && error.code === 'config') return (error.say ?? '').split('\n  ').slice(1)
    throw error
  }
  return []
}

describe('the matrix of plays', () => {
  it('leads every cell to a play that fits one card, in both languages', () => {
    const cells = CAUSES.flatMap((cause) =>
      TIERS.flatMap((tier) => ALL_STAGES.map((stage) => ({ cause, tier, stage }))),
    )
    expect(cells).toHaveLength(CAUSES.length * 4 * 9)
    for (const locale of LOCALES) {
      const text = textFor(locale)
      for (const cell of cells) {
        const play = playFor(cell, { startsOn: MONDAY, calendar, locale })
        const input = {
          ...cell,
          id: 1,
          name: '张三制造有限公司',
          play,
          because: { kind: 'none' } as const,
          today: MONDAY,
          openCase: 7,
          similar: { saved: 0, of: 0, how: { play: null, channel: null, outcome: null, days: null } },
        }
        const card = playCard(input, text)
        expect(card.facts, JSON.stringify(cell)).toHaveLength(play.steps.length + 2)
        for (const line of [card.title, ...(card.facts ?? [])]) expect(line).not.toMatch(/…$|undefined/)
        expect(widthOf(card.title)).toBeLessThanOrEqual(80)
        expect(play.question).toMatch(/[？?]$/)
      }
    }
  })

  it('has a cause for every signal, every learned group and every reason a rep can log', () => {
    const book = shippedPlays()
    for (const id of [...signals.map((one) => one.id), ...GROUPS])
      expect(book.causeOfSignal.has(id), id).toBe(true)
    for (const reason of REASONS) expect(book.causeOfReason.has(reason), reason).toBe(reason !== 'other')
  })

  it.each<[string, (book: Book) => void, RegExp]>([
    [
      'an uncovered cell',
      (book) => {
        book.matrix.price = { '*': { churn: 'win-back-price' }, A: 'price-key', 'B, C': 'price' }
      },
      /^matrix\.price\.unknown\.awareness: no play/,
    ],
    [
      'a cause without a row',
      (book) => void delete book.matrix.usage,
      /^matrix\.usage\.A\.awareness: no play/,
    ],
    [
      'a line no cell reaches',
      (book) => {
        book.matrix.quality = { 'A, B, C, unknown': 'quality', '*': 'service' }
      },
      /^matrix\.quality\.\*: no cell comes here/,
    ],
    [
      'a stage said twice',
      (book) => {
        book.matrix.quality = { '*': { 'grow, growth': 'quality', grow: 'quality', '*': 'quality' } }
      },
      /^matrix\.quality\.\*\.grow: said before/,
    ],
    [
      'an unknown play',
      (book) => {
        book.matrix.service = { '*': 'nope' }
      },
      /^matrix\.service\.\*: there is no play nope/,
    ],
    [
      'an unknown cause',
      (book) => {
        book.matrix.weather = { '*': 'care' }
      },
      /^matrix\.weather: there is no such cause/,
    ],
    [
      'an unknown tier',
      (book) => {
        book.matrix.service = { D: 'care', '*': 'care' }
      },
      /^matrix\.service\.D: /,
    ],
    [
      'an unused play',
      (book) => {
        book.plays.spare = structuredClone(book.plays.care)
      },
      /^plays\.spare: no cell leads to it/,
    ],
    [
      'steps out of order',
      (book) => void book.plays.care?.steps.reverse(),
      /^plays\.care\.steps: steps stand in order/,
    ],
    [
      'a figure in a draft',
      (book) => void book.plays.care?.draft.zh.push('给您打9折'),
      /^plays\.care\.draft\.zh\.\d: .*no figure/,
    ],
    [
      'an unknown slot',
      (book) => void book.plays.care?.draft.zh.push('{discount}'),
      /^plays\.care\.draft\.zh\.\d: slots are/,
    ],
    [
      'a signal with two causes',
      (book) => {
        book.causes.price = { ...book.causes.price, signals: ['overdue'] }
      },
      /overdue belongs to/,
    ],
    [
      'one script alone',
      (book) => void Object.assign(book.plays.care ?? {}, { variants: { a: { action: LINE('x') } } }),
      /^plays\.care\.variants\.b: /,
    ],
    [
      'scripts that say different fields',
      (book) =>
        void Object.assign(book.plays.care ?? {}, {
          variants: { a: { action: LINE('x') }, b: { question: LINE('y') } },
        }),
      /^plays\.care\.variants: both say the same fields/,
    ],
    [
      'two scripts of the same words',
      (book) =>
        void Object.assign(book.plays.care ?? {}, {
          variants: { a: { action: LINE('x') }, b: { action: LINE('x') } },
        }),
      /^plays\.care\.variants: both say the same words/,
    ],
    [
      'a script in one language',
      (book) =>
        void Object.assign(book.plays.care ?? {}, {
          variants: { a: { action: LINE('x') }, b: { action: { zh: 'y' } } },
        }),
      /^plays\.care\.variants\.b\.action\.en: /,
    ],
    ['no unknown cause', (book) => void delete book.causes.unknown, /unknown/],
  ])('refuses %s with its path', (_, change, expected) => {
    const problems = problemsAfter(change)
    expect(
      problems.some((line) => expected.test(line)),
      problems.join('\n'),
    ).toBe(true)
  })

  it('refuses a file that is no YAML', () => {
    expect(() => readPlays('plays: [', 'plays.yaml')).toThrow(AppError)
    expect(() => readPlays('', 'plays.yaml')).toThrow(AppError)
  })

  it('counts the days of steps in workdays, from the next workday on a day off', () => {
    const cell = { cause: 'silence', tier: 'A', stage: 'retention' } as const
    const days = (iso: string) =>
      playFor(cell, { startsOn: dayOf(iso), calendar, locale: 'zh-CN' }).steps.map(({ due }) =>
        isoFromDay(due),
      )
    expect(days('2026-11-26')).toEqual(['2026-11-26', '2026-11-30', '2026-12-03', '2026-12-10'])
    expect(days('2026-11-28')[0]).toBe('2026-11-30')
    // 国庆 2026: 10/1–10/7 off, Saturday 10/10 is a workday in exchange.
    expect(days('2026-09-30').slice(0, 3)).toEqual(['2026-09-30', '2026-10-09', '2026-10-13'])
  })
})

describe('the cause a play answers', () => {
  const evidence = (...list: [string, number][]): Evidence[] =>
    list.map(([signal, points]) => ({ signal, points, facts: [] }))

  it.each([
    [true, 'price', evidence(['overdue', 30]), 'complaint', 'complaint'],
    [false, 'price', evidence(['overdue', 30]), 'price', 'told'],
    [false, null, evidence(['overdue', 10], ['shrinking-orders', 30]), 'shrinking', 'score'],
    [false, null, evidence(['overdue', -10], ['renewal', 0]), 'unknown', 'none'],
    [false, null, evidence(['segment', 40], ['rhythm', 5]), 'silence', 'score'],
    [false, 'other', evidence(['constructor', 9]), 'unknown', 'none'],
    [false, null, [], 'unknown', 'none'],
  ] as const)('open complaint %s, told %s → %s', (openComplaint, told, list, id, from) => {
    expect(causeOf({ openComplaint, told, evidence: list })).toMatchObject({ id, from })
  })

  it('reads the last reason that was logged, until it is settled or old', () => {
    const touch = (
      days: number,
      outcome: string | null,
      note: string,
      kind: 'follow-up' | 'visit' = 'follow-up',
    ) => ({
      day: MONDAY - days,
      outcome,
      note,
      kind,
    })
    const read = (...touches: ReturnType<typeof touch>[]) =>
      toldReason(touches, { today: MONDAY, calendar })?.reason ?? null
    const complaint = touch(20, 'dissatisfied', '张总嫌价格太高')
    expect(read(complaint)).toBe('price')
    expect(read(touch(2, 'no-answer', '没接电话'), complaint)).toBe('price')
    expect(read(touch(2, 'ordered', '谈妥了，已下单'), complaint)).toBeNull()
    expect(read(touch(2, null, '谈妥了，已下单', 'visit'), complaint)).toBeNull()
    expect(read(touch(200, 'dissatisfied', '张总嫌价格太高'))).toBeNull()
    expect(read()).toBeNull()
    const routine = '拜访采购，看了仓库，库存够用两周，下月有新单'
    expect(read(touch(2, null, routine, 'visit'))).toBeNull()
    expect(read(touch(2, null, '聊了账期和返点，对方整体满意', 'visit'))).toBeNull()
    expect(read(touch(2, null, '看到仓库里有别家的气泡膜，没有正面回答', 'visit'))).toBe('competitor')
    expect(toldReason([complaint], { today: MONDAY, calendar }, MONDAY - 19)).toBeNull()
    expect(toldReason([complaint], { today: MONDAY, calendar }, MONDAY - 20)).toEqual({
      reason: 'price',
      day: MONDAY - 20,
      note: '张总嫌价格太高',
    })
  })
})

describe('a draft message', () => {
  const value = fc.stringMatching(/^[一-龥A-Z0-9]{1,12}$/)
  const fields: fc.Arbitrary<DraftFields> = fc
    .record(Object.fromEntries(DRAFT_SLOTS.map((slot) => [slot, value])), { requiredKeys: [] })
    .map((given): DraftFields => {
      const entries = DRAFT_SLOTS.flatMap((slot): [DraftSlot, { value: string; source: string }][] => {
        const one = given[slot]
        return one === undefined ? [] : [[slot, { value: one, source: `source.${slot}` }]]
      })
      return Object.fromEntries(entries)
    })
  const ids = Object.keys(shippedPlays().file.plays)

  it('is made of the sentences of the file and the given fields, and of nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...LOCALES), fields, (id, locale, given) => {
        const { greeting, plays } = shippedPlays().file
        const language = locale === 'en' ? 'en' : 'zh'
        const { sentences, used } = draftOf(plays[id]?.draft[language] ?? [], given, locale)
        const patterns = [...greeting[language], ...(plays[id]?.draft[language] ?? [])]
        expect(sentences.length).toBeGreaterThan(0)
        for (const sentence of sentences) {
          const made = patterns.filter((pattern) => sentence === filled(pattern, given))
          expect(made.length, sentence).toBeGreaterThan(0)
          expect(sentence).not.toMatch(/[{}]|undefined|null/)
        }
        const text = sentences.join('')
        for (const { slot, value: shown, source } of used) {
          expect(given[slot]).toEqual({ value: shown, source })
          expect(text).toContain(shown)
        }
        // Take the fields away: no digit, no amount is left.
        const rest = patterns.join('').replaceAll(/\{\w+\}/g, '')
        expect(rest).not.toMatch(/[\d%¥$]/)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves out what is not known', () => {
    const rep = { value: '王芳', source: 'members.name' }
    const silence = shippedPlays().file.plays.silence?.draft.zh ?? []
    const bare = draftOf(silence, { rep }, 'zh-CN')
    expect(bare.sentences).toEqual(['您好，我是王芳。', '有采购安排的话提前跟我说，我好早点准备。'])
    expect(bare.used).toEqual([{ slot: 'rep', ...rep }])
    const contact = { value: '张伟', source: 'contacts.name' }
    const lastOrder = { value: '10月2日', source: 'events.day' }
    const full = draftOf(silence, { rep, contact, lastOrder }, 'zh-CN')
    expect(full.sentences.slice(0, 2)).toEqual(['张伟您好，我是王芳。', '10月2日那一单用得还顺吗？'])
    expect(full.used.map(({ source }) => source)).toEqual(['contacts.name', 'members.name', 'events.day'])
  })

  function filled(pattern: string, given: DraftFields): string | null {
    let known = true
    const text = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const slot = DRAFT_SLOTS.find((one) => one === name)
      const found = slot && given[slot]
      if (!found) known = false
      return found?.value ?? ''
    })
    return known ? text : null
  }
})

describe('a brief', () => {
  it('has at most three facts, each with its day, and says the same words once', () => {
    const fact = (kind: string, on: number, values: Record<string, number | string>) => ({
      kind,
      on,
      values,
      source: null,
    })
    const evidence = [
      { signal: 'overdue', points: 40, facts: [fact('own-cycle', MONDAY, { typical: 30, silence: 52 })] },
      {
        signal: 'negative-words',
        points: 20,
        facts: [fact('negative-words', MONDAY - 9, { quote: '嫌贵', words: '贵' })],
      },
      { signal: 'nps', points: 10, facts: [fact('nps-low', MONDAY - 30, { score: 4 })] },
      { signal: 'contact-change', points: -5, facts: [fact('contact-change', MONDAY - 3, { who: '' })] },
    ]
    const touch = { day: MONDAY - 9, kind: 'visit' as const, effective: false, outcome: null, note: '嫌贵' }
    const input = {
      id: 1,
      name: '张三制造',
      today: MONDAY,
      evidence,
      lastOrder: { day: MONDAY - 52, amount: 100_000 },
      complaints: [],
      touches: [touch],
      contact: null,
      promise: null,
      since: null,
      question: '库存还能用多久？',
      openCase: null,
    }
    const { facts = [], fields } = briefCard(input, textFor('zh-CN'))
    expect(facts).toEqual([
      '11/14 说过“嫌贵”（依据：贵）',
      '10/2 最近一单 ¥1,000，到今天 52 天',
      '10/24 NPS 只有4分',
      '问：库存还能用多久？',
    ])
    expect(fields).toBeUndefined()
  })
})
