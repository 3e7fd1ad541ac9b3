import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { createParser } from '../../src/chat/parse.ts'
import { fc } from '../support/fast-check.ts'

const parse = createParser(commands)

/** `kind name rest`, short enough for a table. */
function read(text: string): string {
  const parsed = parse(text)
  if (parsed.kind === 'too-long') return 'too-long'
  if (parsed.kind === 'unknown') return 'unknown'
  return `${parsed.kind} ${parsed.command.name} ${parsed.rest}`.trim()
}

describe('what a text asks for', () => {
  it.each([
    ['帮助', 'command help'],
    ['我的', 'command mine'],
    ['客户 张三制造', 'command customer 张三制造'],
    ['客户张三制造', 'command customer 张三制造'],
    ['／客户　张三制造', 'command customer 张三制造'],
    ['/why 张三', 'command why 张三'],
    ['why 张三', 'command why 张三'],
    ['WHY：张三', 'command why 张三'],
    ['ｗｈｙ　张三', 'command why 张三'],
    ['为什么：张三', 'command why 张三'],
    ['為什麼 张三', 'command why 张三'],
    ['客戶 张三', 'command customer 张三'],
    ['跟進 张三 已下单', 'command follow-up 张三 已下单'],
    ['撤銷', 'command undo'],
    ['流失率 本月', 'command churn 本月'],
    ['流失本月', 'command churn 本月'],
    ['名單 高', 'command list 高'],
    ['客户名单 华东', 'command list 华东'],
    ['\u200b我的\u200b', 'command mine'],
    ['  分层，张三 ', 'command tier 张三'],
    ['wd', 'command mine'],
    ['kh 张三', 'command customer 张三'],
    ['gj 张三 已下单', 'suggestion follow-up 张三 已下单'],
    ['ch', 'suggestion undo'],
    ['cx', 'unknown'],
    ['跟近 张三 已下单', 'suggestion follow-up 张三 已下单'],
    ['撤消', 'command undo'],
    ['客护 张三', 'suggestion customer 张三'],
    ['custmer 张三', 'suggestion customer 张三'],
  ])('%j → %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'prototype',
    '/constructor',
    '/__proto__ x',
    '😀',
    '👨‍👩‍👧',
    '',
    '   ',
    '。。。',
    '我\u0000的',
    '客户\u0007张三',
    '\u001b[31m我的',
    '🙂我的',
    'contacted',
    'snooze',
    'false-alarm',
    'choose',
    'next-date',
  ])('%j is no command', (text) => {
    expect(read(text)).toBe('unknown')
  })

  it('2 KB of text is no command, in ASCII and in Chinese', () => {
    expect(read(`why ${'x'.repeat(2048)}`)).toBe('too-long')
    expect(read(`客户 ${'张'.repeat(680)}`)).toBe('too-long')
  })

  it('a near miss never runs something that writes', () => {
    const writing = new Set(commands.filter((one) => one.writes).map((one) => one.name))
    const words = new Set(commands.flatMap((one) => [one.name, ...one.aliases]))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        const parsed = parse(text)
        if (parsed.kind !== 'command' || !writing.has(parsed.command.name)) return
        const folded = text.normalize('NFKC').trim().replace(/^\//, '').trim().toLowerCase()
        expect([...words].some((word) => folded.startsWith(word))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(['command', 'suggestion', 'unknown', 'too-long']).toContain(parse(text).kind)
      }),
    )
  })
})
