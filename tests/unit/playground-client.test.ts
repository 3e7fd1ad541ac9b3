import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { receive } from '../../adapters/playground/client/actions.js'
import { dayLabel, shortTime, timeOf } from '../../adapters/playground/client/format.js'
import { getState, setState } from '../../adapters/playground/client/store.js'
import { matching } from '../../adapters/playground/client/suggestions.js'
import { mergeMessage, timeline, unreadIn } from '../../adapters/playground/client/timeline.js'
import type { Message } from '../../adapters/playground/client/types.ts'
import { wordsFor } from '../../adapters/playground/client/words.js'
import { fc } from '../support/fast-check.ts'

const ZONE = 'Asia/Shanghai'
const at = (time: string): number => Date.parse(`2026-11-${time}:00+08:00`)

function message(id: number, sender = '@liuke', when = at('23T09:00'), revision = id): Message {
  return {
    id,
    revision,
    chat: 'dm:a',
    sender,
    at: when,
    key: `k${id}`,
    body: { kind: 'text', text: `${id}` },
  }
}

const rowsOf = (messages: Message[], readUpTo = 0) =>
  timeline({ messages, outgoing: [], zone: ZONE, readUpTo, me: 'a' })

describe('the conversation as rows', () => {
  it('separates business days, not UTC days', () => {
    const rows = rowsOf([
      message(1, 'a', at('23T07:30')),
      message(2, 'a', at('23T08:30')),
      message(3, 'a', at('24T00:10')),
    ])
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'message', 'day', 'message'])
  })

  it('gives a head to the first line of a sender, and again after five minutes', () => {
    const rows = rowsOf([
      message(1, 'b', at('23T09:00')),
      message(2, 'b', at('23T09:04')),
      message(3, 'b', at('23T09:10')),
      message(4, 'a', at('23T09:10')),
    ])
    expect(rows.flatMap((row) => (row.kind === 'message' ? [row.head] : []))).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('draws the line above the first unread message of somebody else, once', () => {
    const messages = [message(1), message(2, 'a'), message(3), message(4)]
    expect(rowsOf(messages, 1).map((row) => row.key)).toEqual([
      expect.any(String),
      'm1',
      'm2',
      'new',
      'm3',
      'm4',
    ])
    expect(rowsOf(messages, 4).some((row) => row.kind === 'new')).toBe(false)
    expect(rowsOf(messages, 0).some((row) => row.kind === 'new')).toBe(false)
  })

  it('shows a line once, whether the stream or the answer to its POST comes first, and once when it failed', () => {
    const line = {
      id: 'x',
      person: 'a',
      chat: 'dm:a',
      text: '我的',
      at: at('23T09:00'),
      failed: false,
      quote: null,
    }
    const stored = { ...message(1, 'a'), key: 'in:a:x' }
    const kinds = (messages: Message[], failed: boolean): string[] =>
      timeline({ messages, outgoing: [{ ...line, failed }], zone: ZONE, readUpTo: 0, me: 'a' })
        .map((row) => row.kind)
        .filter((kind) => kind !== 'day')
    expect(kinds([], false)).toEqual(['outgoing'])
    expect(kinds([stored], false)).toEqual(['message'])
    expect(kinds([stored], true)).toEqual(['outgoing'])
  })

  it('counts what others said since', () => {
    const chat = { key: 'dm:a', kind: 'dm', id: 'a', title: null, members: [], more: false } as const
    expect(unreadIn({ ...chat, messages: [message(1), message(2, 'a'), message(3)] }, 1, 'a')).toBe(1)
  })
})

it('waits for the answer to a line: a push that arrives meanwhile is none', () => {
  const chat = { key: 'dm:a', kind: 'dm', id: 'a', title: null, members: [], more: false } as const
  const card = { summary: '摘要', title: '标题' }
  setState({ chats: [{ ...chat, messages: [] }], waiting: { 'dm:a': 'text:a:x' } })
  receive({ ...message(1), body: { kind: 'card', card } })
  expect(getState().waiting).toEqual({ 'dm:a': 'text:a:x' })
  receive({ ...message(2), body: { kind: 'card', card, answers: 'text:a:x' } })
  expect(getState().waiting).toEqual({})
})

it('merges messages in any order of arrival into the same list: by id, newest revision', () => {
  const ids = fc.array(
    fc.record({ id: fc.integer({ min: 1, max: 8 }), revision: fc.integer({ min: 1, max: 50 }) }),
  )
  fc.assert(
    fc.property(ids, (given) => {
      const merged = given.reduce<readonly Message[]>(
        (list, one) => mergeMessage(list, message(one.id, 'a', 0, one.revision)),
        [],
      )
      const newest = new Map<number, number>()
      for (const { id, revision } of given) newest.set(id, Math.max(newest.get(id) ?? 0, revision))
      const expected = [...newest].sort(([a], [b]) => a - b)
      expect(merged.map((one) => [one.id, one.revision])).toEqual(expected)
    }),
  )
})

describe('times', () => {
  it('are shown in the business zone, relative to the demo clock', () => {
    const now = at('24T00:30')
    expect(timeOf(at('23T09:05'), ZONE)).toBe('09:05')
    expect(dayLabel(at('24T00:05'), now, ZONE, 'zh-CN')).toBe('今天 · 11月24日 周二')
    expect(dayLabel(at('23T23:55'), now, ZONE, 'zh-CN')).toBe('昨天 · 11月23日 周一')
    expect(dayLabel(at('20T12:00'), now, ZONE, 'zh-CN')).toBe('11月20日 周五')
    expect(dayLabel(at('20T12:00'), now, ZONE, 'en')).toBe('Nov 20 Fri')
    expect(shortTime(at('20T12:00'), now, ZONE, 'zh-CN')).toBe('11/20')
  })
})

describe('command suggestions', () => {
  const commands = [
    { text: '我的', aliases: ['mine'], hint: '', example: '' },
    { text: '为什么 ', aliases: ['why'], hint: '', example: '' },
    { text: '客户 ', aliases: ['customer'], hint: '', example: '' },
  ]
  const found = (draft: string): string[] => matching(commands, draft).map((one) => one.text)

  it('match by beginning, in any spelling, with or without a slash', () => {
    expect(found('为')).toEqual(['为什么 '])
    expect(found('/为')).toEqual(['为什么 '])
    expect(found('／wh')).toEqual(['为什么 '])
    expect(found('WHY')).toEqual(['为什么 '])
    expect(found('/')).toHaveLength(3)
  })

  it('stay away when there is nothing left to suggest', () => {
    expect(found('')).toEqual([])
    expect(found('我的')).toEqual([])
    expect(found('为什么 华联')).toEqual([])
    expect(found('你好')).toEqual([])
  })
})

it('has every word in both languages', () => {
  expect(Object.keys(wordsFor('en'))).toEqual(Object.keys(wordsFor('zh-CN')))
})

describe('colours', () => {
  const css = readFileSync(new URL('../../adapters/playground/client/base.css', import.meta.url), 'utf8')
  const colours = new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
      ([, name = '', light = '', dark = '']) => [name, [light, dark] as const],
    ),
  )
  const pairs = [
    ...['page', 'panel', 'panel-soft', 'canvas', 'hover', 'accent-soft'].flatMap((ground) => [
      ['text', ground],
      ['text-soft', ground],
    ]),
    ...['panel', 'panel-soft', 'accent-soft'].map((ground) => ['accent', ground]),
    ...['good', 'warning', 'urgent'].map((tone) => [tone, 'panel']),
    ['urgent', 'canvas'],
    ['warning', 'warning-soft'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['accent-strong', 'accent-soft'],
    ['mine-text', 'mine'],
    ['stage-text', 'stage'],
    ['stage-soft', 'stage'],
  ]

  it.each(pairs)('%s on %s reads well in both themes (WCAG AA)', (text = '', ground = '') => {
    for (const theme of [0, 1] as const) {
      const ratio = contrast(colours.get(text)?.[theme] ?? '', colours.get(ground)?.[theme] ?? '')
      expect(ratio, theme === 0 ? 'light' : 'dark').toBeGreaterThanOrEqual(4.5)
    }
  })
})

/** Contrast ratio by WCAG 2.2, from two #rrggbb colours. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red = Number.NaN, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
