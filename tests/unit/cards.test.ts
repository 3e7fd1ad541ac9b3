import { describe, expect, it } from 'vitest'
import { askCustomerCard } from '../../src/cards/ask-customer.ts'
import { type AtRiskItem, atRiskCard } from '../../src/cards/at-risk.ts'
import { bindCard } from '../../src/cards/bind.ts'
import { briefCard } from '../../src/cards/brief.ts'
import { caseCard, falseAlarmCard, snoozeCard } from '../../src/cards/case.ts'
import { changeChoicesCard, changeMenuCard } from '../../src/cards/change-follow-up.ts'
import { churnCard } from '../../src/cards/churn.ts'
import { customerCard } from '../../src/cards/customer.ts'
import { digestCard, markDigest } from '../../src/cards/digest.ts'
import { draftCard } from '../../src/cards/draft.ts'
import { errorCard } from '../../src/cards/error.ts'
import { CARD_MAX_CHARS, cardLines, clip, fitCard, widthOf } from '../../src/cards/fit-card.ts'
import { followUpCard, needWordsCard } from '../../src/cards/follow-up.ts'
import { glossaryCard, helpCard, suggestionCard, usageCard, welcomeCard } from '../../src/cards/help.ts'
import { LIST_PAGE, listCard } from '../../src/cards/list.ts'
import { mineCard } from '../../src/cards/mine.ts'
import { pickCard } from '../../src/cards/pick.ts'
import { playCard } from '../../src/cards/play.ts'
import { tierCard } from '../../src/cards/tier.ts'
import { undoCard } from '../../src/cards/undo.ts'
import { whyCard } from '../../src/cards/why.ts'
import { CARD_MAX_LINES, type Card } from '../../src/model/card.ts'
import type { Evidence, Score } from '../../src/model/score.ts'
import { type Text, textFor } from '../../src/text/index.ts'
import { fc } from '../support/fast-check.ts'

const TODAY = 20_780
const LONG = `${'超级无敌长名字的工业自动化设备'.repeat(12)}\n第二行\t有限公司`

function evidence(n: number): Evidence[] {
  return Array.from({ length: n }, (_, index) => ({
    signal: `signal-${index}`,
    points: 30 - index,
    facts: [],
  }))
}

function score(risk: number | null, n: number): Score {
  return {
    customerId: 1,
    runId: 1,
    asOf: TODAY - 1,
    risk,
    band: risk === null ? 'none' : 'urgent',
    bandSince: TODAY - 9,
    tier: risk === null ? 'unknown' : 'A',
    stage: risk === null ? 'no-such-stage' : 'retention',
    stageSince: TODAY - 9,
    rfmSegment: 'unknown',
    rfm: risk === null ? null : { r: 1, f: 5, m: 5 },
    points: 99,
    value12m: risk === null ? 0 : 123_456_789_012,
    priority: 1,
    churned: false,
    evidence: evidence(n),
    nextOrder: null,
  }
}

function item(name: string, rich: boolean): AtRiskItem {
  return {
    caseId: 7,
    customerId: 8,
    customerName: name,
    tier: rich ? 'A' : 'unknown',
    band: 'urgent',
    stage: rich ? 'retention' : '',
    value12m: rich ? 99_999_999_900 : 0,
    evidence: rich ? evidence(9) : [],
    orderReason: { rank: 1, reason: rich ? 'worse' : 'priority' },
    risk: rich ? 0.987 : null,
  }
}

/** Every presenter with as much as possible, and with as little. */
function cards(text: Text, name: string, rich: boolean): Record<string, Card> {
  return {
    ...listing(text, name, rich),
    ...figures(text, name, rich),
    ...answers(text, name, rich),
    ...actions(text, name, rich),
  }
}

function repeat<T>(rich: boolean, n: number, one: T): T[] {
  return rich ? Array.from({ length: n }, () => one) : []
}

function listing(text: Text, name: string, rich: boolean): Record<string, Card> {
  const many = <T>(n: number, one: T): T[] => repeat(rich, n, one)
  const due = { customerId: 1, customerName: name, nextOn: TODAY - 3 }
  return {
    atRisk: atRiskCard(item(name, rich), TODAY, text),
    digest: digestCard(
      {
        repName: name,
        day: TODAY,
        items: many(9, item(name, true)),
        more: 99,
        due: many(9, due),
        asOf: TODAY,
      },
      text,
    ),
    mine: mineCard(
      {
        name,
        today: TODAY,
        items: many(9, { ...item(name, true), state: 'waiting' as const }),
        total: rich ? 99 : 0,
        waiting: rich ? 90 : 0,
        stepsDue: rich ? 99 : 0,
        due: many(9, due),
        asOf: rich ? TODAY : null,
      },
      text,
    ),
    customer: customerCard(
      {
        id: 1,
        name,
        ownerName: rich ? name : null,
        score: rich ? score(0.9, 9) : null,
        orders: many(3, { day: TODAY, amount: 12_345_678_900 }),
        touches: many(3, { day: TODAY, kind: 'follow-up' as const, effective: true, outcome: 'interested' }),
        complaints: many(9, { day: TODAY - 300 }),
        contacts: many(9, { name, role: 'decider' as const, phone: '13800000000' }),
        nextOn: rich ? TODAY - 1 : null,
        openCase: rich ? { id: 1, state: 'waiting' as const } : null,
        today: TODAY,
      },
      text,
    ),
  }
}

function figures(text: Text, name: string, rich: boolean): Record<string, Card> {
  const many = <T>(n: number, one: T): T[] => repeat(rich, n, one)
  return {
    why: whyCard(
      { id: 1, name, score: score(rich ? 0.9 : null, 0), evidence: evidence(rich ? 20 : 0) },
      text,
    ),
    tier: tierCard(
      {
        id: 1,
        name,
        score: score(rich ? 0.9 : null, 0),
        raw: rich ? { daysSinceOrder: 9_999, orderDays: 9_999, revenue12m: 99_999_999_999 } : null,
        ...(rich && { outlook12m: [123_400, 99_999_999_999] as const }),
      },
      text,
    ),
    list: listCard(
      {
        words: rich ? name : '',
        rows: many(LIST_PAGE, {
          customerId: 1,
          name,
          band: 'urgent' as const,
          risk: 0.9,
          tier: 'A' as const,
          value12m: 99_999_999_900,
          ownerName: name,
        }),
        total: rich ? 12_345 : 0,
        offset: rich ? 8 : 0,
        asOf: TODAY,
        group: rich ? { totals: new Map([['urgent', 999_999]]) } : null,
      },
      text,
    ),
    churn: churnCard(
      {
        period: rich ? name : '2026',
        team: rich ? name : '',
        ownOnly: rich,
        opening: rich ? 1_000_000 : 0,
        lost: rich ? 200_000 : 0,
        rate: rich ? 0.2 : null,
        interval: rich ? [0.19, 0.21] : null,
        returned: 30,
        fresh: 150,
        definition: rich ? LONG : '',
        asOf: TODAY,
        unfinished: rich,
        small: rich,
      },
      text,
    ),
  }
}

function answers(text: Text, name: string, rich: boolean): Record<string, Card> {
  const many = <T>(n: number, one: T): T[] => repeat(rich, n, one)
  const named = { id: 1, customerId: 2, customerName: name, state: 'working' as const }
  const days = { days3: TODAY + 3, monday: TODAY + 5, month: TODAY + 20 }
  return {
    followUp: followUpCard(
      {
        followUpId: 1,
        customerId: 2,
        customerName: name,
        reason: rich ? 'contact-change' : null,
        amount: rich ? 123_456_700 : null,
        confirmed: false,
        assisted: false,
        outcome: rich ? 'interested' : null,
        channel: rich ? 'phone' : null,
        effective: rich,
        note: rich ? LONG : '',
        nextOn: rich ? TODAY + 3 : null,
        offDay: rich,
        case: rich ? { id: 1, state: 'waiting' as const } : null,
        offers: days,
      },
      text,
    ),
    needWords: needWordsCard(name, text),
    askCustomer: askCustomerCard(
      { note: LONG, dialog: 'd', options: many(4, { id: 1, name }), more: 9, guessed: false },
      text,
    ),
    changeMenu: changeMenuCard({ followUp: 1, name, understood: rich }, text),
    changeTo: changeChoicesCard(
      {
        followUp: 1,
        name,
        field: 'customer',
        options: many(5, { label: name, value: 1 }),
        listed: rich,
        more: rich,
      },
      text,
    ),
    pick: pickCard(
      {
        name,
        dialog: 'd',
        options: many(5, { id: 1, name, region: name, industry: name }),
        total: rich ? 50 : 1,
        sure: rich,
      },
      text,
    ),
    case: caseCard({ case: named, changed: rich, result: 'done' }, LONG, text),
    snooze: snoozeCard(named, days, text),
    falseAlarm: falseAlarmCard(named, text),
    undo: undoCard(
      { customerName: name, followUp: rich ? 'empty' : null, case: rich ? { state: 'open' } : null },
      text,
    ),
    help: helpCard(Object.keys(text.commands.help), text),
    usage: usageCard({ name: 'follow-up' }, text),
    glossary: glossaryCard(name, text),
    suggestion: suggestionCard({ action: 'why', rest: name, payload: { customer: name } }, text),
    welcome: welcomeCard(name, text),
    bind: bindCard(name, text),
    error: errorCard('bug', rich ? LONG : null, text),
  }
}

/** What a rep does next: play, brief, draft. */
function actions(text: Text, name: string, rich: boolean): Record<string, Card> {
  const many = <T>(n: number, one: T): T[] => repeat(rich, n, one)
  const dated = { kind: 'nps-low', on: TODAY - 9, values: { score: 2 }, source: null }
  const play = {
    id: 'x',
    title: '找回被分走的量',
    cause: rich ? LONG : '原因不明',
    steps: Array.from({ length: rich ? 4 : 1 }, () => ({
      ...{ due: TODAY - 1, what: rich ? LONG : '打电话', done: false },
    })),
    stop: '下单就停',
    question: '库存还能用多久？',
    draft: [],
    ended: null,
  }
  const openCase = rich ? 1 : null
  const used = many(6, { slot: 'contact' as const, value: name, source: 'contacts.name' })
  return {
    play: playCard(
      {
        id: 1,
        name,
        tier: rich ? 'A' : 'unknown',
        stage: rich ? 'retention' : '',
        play,
        because: rich ? { kind: 'said', day: TODAY - 300, words: LONG } : { kind: 'none' },
        today: TODAY,
        openCase,
        similar: {
          saved: 99,
          of: rich ? 999 : 0,
          how: { play: LONG, channel: 'wecom', outcome: 'promised', days: 99 },
        },
      },
      text,
    ),
    brief: briefCard(
      {
        id: 1,
        name,
        today: TODAY,
        evidence: many(9, { signal: 'nps', points: 9, facts: [dated] }),
        lastOrder: rich ? { day: TODAY - 400, amount: 12_345_678_900 } : null,
        complaints: many(2, { id: 1, kind: 'ticket' as const, day: TODAY - 300, text: LONG }),
        touches: many(3, {
          day: TODAY,
          kind: 'follow-up' as const,
          effective: true,
          outcome: 'promised',
          note: LONG,
        }),
        contact: rich ? { name, role: 'decider', phone: '13800000000' } : null,
        promise: rich ? { nextOn: TODAY - 1, note: LONG } : null,
        since: rich ? TODAY - 900 : null,
        question: '库存还能用多久？',
        openCase,
      },
      text,
    ),
    draft: draftCard(
      {
        id: 1,
        name,
        draft: { sentences: rich ? Array(5).fill(LONG) : ['您好。'], used },
        ended: rich ? { why: 'told-order', on: TODAY } : null,
      },
      text,
    ),
  }
}

describe.each(['zh-CN', 'en'] as const)('cards in %s', (locale) => {
  const text = textFor(locale)
  const inputs: [string, string, boolean][] = [
    ['everything, very long', LONG, true],
    ['next to nothing', '张', false],
    ['usual', '张三制造有限公司', true],
  ]
  it.each(inputs)('fit one phone screen: %s', (_title, name, rich) => {
    for (const [presenter, card] of Object.entries(cards(text, name, rich))) {
      const lines = cardLines(card)
      expect(lines.length, presenter).toBeLessThanOrEqual(CARD_MAX_LINES)
      expect(widthOf(lines.join('')), presenter).toBeLessThanOrEqual(CARD_MAX_CHARS)
      expect(card.summary, presenter).not.toBe('')
      expect(card.title, presenter).not.toBe('')
    }
  })

  it.each(inputs)('render no empty field, no broken value, no raw line break: %s', (_title, name, rich) => {
    for (const [presenter, card] of Object.entries(cards(text, name, rich))) {
      for (const line of [card.summary, ...cardLines(card)]) {
        expect(line.trim(), presenter).not.toBe('')
        expect(line, presenter).not.toMatch(/undefined|null|NaN|\[object|Infinity|[\n\t]/)
      }
      for (const field of card.fields ?? []) expect(field.value, `${presenter} ${field.label}`).not.toBe('')
    }
  })

  it('shows points that add up to the sum shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 20 }),
        (points) => {
          const given = points.map((one, index) => ({ signal: `s${index}`, points: one, facts: [] }))
          const card = whyCard({ id: 1, name: 'x', score: score(0.5, 0), evidence: given }, text)
          const numbers = (card.facts ?? []).flatMap((line) => {
            const [, sign, digits] = /^([+−]?)(\d+) (?!points)/.exec(line) ?? []
            return digits === undefined ? [] : [Number(digits) * (sign === '−' ? -1 : 1)]
          })
          const total = points.reduce((sum, one) => sum + one, 0)
          expect(numbers.reduce((sum, one) => sum + one, 0)).toBe(total)
          expect(card.figure?.label).toContain(String(Math.abs(total)))
        },
      ),
    )
  })
})

describe('digest', () => {
  const text = textFor('zh-CN')
  it('has at most five customers, each with the five buttons', () => {
    const card = cards(text, '张三制造', true).digest
    expect(card?.items).toHaveLength(5)
    for (const one of card?.items ?? []) {
      expect(one.actions?.map(({ label }) => label)).toEqual(['已联系', '为什么', '稍后', '误报', '转交'])
    }
  })

  it('says in which order it stands, and why somebody goes before it', () => {
    const asked = { ...item('乙公司', true), orderReason: { rank: 1, reason: 'asked' as const } }
    const items = [asked, item('甲公司', true)]
    const card = digestCard({ repName: '王芳', day: TODAY, items, more: 3, due: [], asOf: TODAY }, text)
    expect(card.notes?.join()).toContain('按风险×成交额排序')
    expect(card.items?.[0]?.title).toContain('到了你定的日子')
  })

  it('gives every promised contact a line while there is room, and its name in the note else', () => {
    const promise = (n: number) => ({ customerId: n, customerName: `约${n}公司`, nextOn: TODAY - n })
    const due = [promise(0), promise(1), promise(2)]
    const base = { repName: '王芳', day: TODAY, more: 0, asOf: TODAY }
    const none = digestCard({ ...base, items: [], due }, text)
    expect(none.title).toContain('3 家约好要联系')
    expect(none.items?.map((one) => one.title)).toEqual([
      expect.stringContaining('约0公司'),
      expect.stringContaining('约1公司（已过期）'),
      expect.stringContaining('约2公司（已过期）'),
    ])
    const four = digestCard({ ...base, items: Array(4).fill(item('甲', true)), due }, text)
    expect(cardLines(four)).toHaveLength(CARD_MAX_LINES)
    expect(four.notes?.join()).toContain('约好要联系 1 家：约2公司')
    const five = digestCard({ ...base, items: Array(5).fill(item('甲', true)), due }, text)
    expect(five.items).toHaveLength(5)
    expect(five.notes?.join()).toContain('约好要联系 3 家：约0公司、约1公司')
  })

  it('gives an expected order a line while there is room, and never takes it for a promise', () => {
    const next = { after: TODAY - 80, from: TODAY - 2, due: TODAY + 10, until: TODAY + 20, every: 90 }
    const orders = [1, 2, 3].map((n) => ({ customerId: n, customerName: `盼${n}公司`, next }))
    const base = { repName: '王芳', day: TODAY, more: 0, due: [], asOf: TODAY, orders }
    const none = digestCard({ ...base, items: [] }, text)
    expect(none.title).toContain('3 家快到下单时间')
    expect(none.tone).toBe('neutral')
    expect(none.items).toHaveLength(3)
    expect(markDigest(none, { marks: new Map(), due: new Set() }, TODAY, text)).toEqual(none)
    const five = digestCard({ ...base, items: Array(5).fill(item('甲', true)) }, text)
    expect(five.items).toHaveLength(5)
    expect(five.notes?.join()).toContain('3 家快到下单时间：盼1公司、盼2公司')
    expect(five.notes?.join()).not.toContain('另有')
    const four = digestCard({ ...base, items: Array(4).fill(item('甲', true)) }, text)
    expect(four.notes?.join()).toContain('另有 1 家快到下单时间：盼3公司')
  })

  it('cuts names in the note of a full card, never how many more there are nor the day of the facts', () => {
    const long = (n: number) => `第${n}家名字很长的贸易有限公司`
    const due = [1, 2, 3].map((n) => ({ customerId: n, customerName: long(n), nextOn: TODAY }))
    const next = { after: TODAY - 80, from: TODAY - 2, due: TODAY + 10, until: TODAY + 20, every: 90 }
    const orders = [4, 5, 6].map((n) => ({ customerId: n, customerName: long(n), next }))
    const items = Array(5).fill(item('一家名字也很长的机电设备有限公司', true))
    const wish = { highValue: true, perDay: 3 }
    const card = digestCard(
      { repName: '王芳', day: TODAY, items, more: 37, due, asOf: TODAY, orders, wish },
      text,
    )
    const [note = ''] = card.notes ?? []
    expect(note).toMatch(/^约好要联系 3 家：.*… · 还有 37 家在名单里 · 数据截至 \S+$/)
    const short = digestCard(
      { repName: '王芳', day: TODAY, items: items.slice(0, 2), more: 2, due: [], asOf: TODAY, wish },
      text,
    )
    expect(short.notes?.[0]).toMatch(
      /^还有 2 家在名单里 · 数据截至 \S+ · 按风险×成交额排序 · 偏好：只看高价值/,
    )
  })

  it('marks what was handled and leaves the rest', () => {
    const items = [item('甲公司', true), { ...item('乙公司', true), caseId: 9 }]
    const sent = digestCard({ repName: '王芳', day: TODAY, items, more: 0, due: [], asOf: TODAY }, text)
    const standing = { state: 'working' as const, snoozedUntil: null }
    const now = (acted: boolean) => ({
      marks: new Map([[7, { ...standing, acted }]]),
      due: new Set<number>(),
    })
    const marked = markDigest(sent, now(true), TODAY, text)
    expect(marked.items?.[0]?.lines).toEqual(['✓ 跟进中'])
    expect(marked.items?.[1]).toEqual(sent.items?.[1])
    expect(markDigest(sent, now(false), TODAY, text)).toEqual(sent)
  })

  it('ticks a promise that was kept, and only that', () => {
    const due = [1, 2].map((n) => ({ customerId: n, customerName: `约${n}公司`, nextOn: TODAY }))
    const sent = digestCard({ repName: '王芳', day: TODAY, items: [], more: 0, due, asOf: TODAY }, text)
    const marked = markDigest(sent, { marks: new Map(), due: new Set([2]) }, TODAY, text)
    expect(marked.items?.[0]).toEqual({ title: `✓ ${sent.items?.[0]?.title}`, tone: 'good', lines: [] })
    expect(marked.items?.[1]).toEqual(sent.items?.[1])
  })
})

describe('an English digest', () => {
  it('keeps how late a customer is, and the action', () => {
    const values = { typical: 22, orders: 30, longest: 37, silence: 30 }
    const facts = [{ kind: 'own-cycle' as const, on: TODAY, values }]
    const late = {
      ...item('无锡恒升紧固件实业有限公司', true),
      evidence: [{ signal: 'overdue', points: 40, facts }],
    }
    const five = { repName: '王磊', day: TODAY, items: Array(5).fill(late), more: 1, due: [], asOf: TODAY }
    const [line] = digestCard(five, textFor('en')).items?.[0]?.lines ?? []
    expect(line).toContain('today is day 30')
    expect(line).toContain('→ Ask about plans')
  })
})

describe('one action', () => {
  it('is the same on every card about a customer', () => {
    const text = textFor('zh-CN')
    const complaint = [{ signal: 'complaint', points: 50, facts: [] }]
    const digest = atRiskCard({ ...item('甲公司', true), evidence: complaint }, TODAY, text)
    const why = whyCard({ id: 1, name: '甲公司', score: score(0.9, 0), evidence: complaint }, text)
    expect(digest.facts).toContain('建议：先解决投诉，再谈订单')
    expect(why.facts).toContain('建议：先解决投诉，再谈订单')
  })
})

describe('fitting', () => {
  it('offers days with their dates, and no day twice', () => {
    const days = { days3: TODAY + 5, monday: TODAY + 5, month: TODAY + 20 }
    const card = snoozeCard(
      { id: 1, customerId: 2, customerName: '张', state: 'open' },
      days,
      textFor('zh-CN'),
    )
    expect(card.actions?.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^下周一 \d+\/\d+$/),
      expect.stringMatching(/^下月初 \d+\/\d+$/),
    ])
  })

  it('never splits a character and never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (words, max) => {
        const cut = clip(words, max)
        expect(widthOf(cut)).toBeLessThanOrEqual(max)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })

  it('any card fits', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 300 })
    fc.assert(
      fc.property(
        line,
        fc.array(line, { maxLength: 30 }),
        fc.array(line, { maxLength: 30 }),
        (title, facts, notes) => {
          const fitted = fitCard({ summary: 's', title, facts, notes: notes.slice(0, 3) })
          expect(cardLines(fitted).length).toBeLessThanOrEqual(CARD_MAX_LINES)
          expect(widthOf(cardLines(fitted).join(''))).toBeLessThanOrEqual(CARD_MAX_CHARS)
        },
      ),
    )
  })
})
