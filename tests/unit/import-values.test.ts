import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/calendar.ts'
import { Settings } from '../../src/settings.ts'
import { dateReader } from '../../src/sync/dates.ts'
import { derivedKey, fingerprint } from '../../src/sync/fingerprint.ts'
import { readFlag, readKey, readMoney, readNumber, readText } from '../../src/sync/values.ts'
import { fc } from '../support/fast-check.ts'

describe('money', () => {
  it.each([
    ['12', 1200],
    ['11.77', 1177],
    ['¥1,234.50', 123_450],
    ['￥１，２３４．５０', 123_450],
    ['1，234.5元', 123_450],
    ['1.2万', 1_200_000],
    ['1.2万元', 1_200_000],
    ['3亿', 30_000_000_000],
    ['(12.00)', -1200],
    ['（¥12.00）', -1200],
    ['-¥12', -1200],
    ['¥-12', -1200],
    ['12.00-', -1200],
    ['1.5E+3', 150_000],
    ['0', 0],
    ['-0', 0],
    ['CNY 99', 9900],
  ])('%s → %d 分', (text, fen) => {
    expect(readMoney(text)).toBe(fen)
  })

  it.each(['abc', '12,34', '1.2.3', '', '--5', '¥', '1e999', 'NaN', 'Infinity', '0x10', '99999999999999999'])(
    '%s is no amount',
    (text) => {
      expect(readMoney(text)).toBeNull()
    },
  )

  it('keeps every amount of two decimals exactly', () => {
    const fen = fc.integer({ min: -1e10, max: 1e10 })
    fc.assert(
      fc.property(fen, (value) => {
        expect(readMoney((value / 100).toFixed(2))).toBe(value + 0)
      }),
    )
  })
})

describe('numbers, keys, texts, flags', () => {
  it('reads what spreadsheets write', () => {
    expect(readNumber('１２')).toBe(12)
    expect(readNumber("1'000")).toBe(1000)
    expect(readNumber(' 7 ')).toBe(7)
    expect(readNumber('seven')).toBeNull()
  })

  it('makes keys half-width and keeps the punctuation of names', () => {
    expect(readKey('　Ｃ－００１ ')).toBe('C-001')
    expect(readKey('="20261122001"')).toBe('20261122001')
    expect(readKey("'20261122001\t")).toBe('20261122001')
    expect(readKey("'")).toBe("'")
    expect(readText(' 张三（上海）１号店 ')).toBe('张三（上海）1号店')
  })

  it('knows yes and no', () => {
    expect([readFlag('是'), readFlag('离职'), readFlag('TRUE'), readFlag('maybe')]).toEqual([1, 0, 1, null])
  })
})

describe('dates', () => {
  const calendar = createCalendar(Settings.parse({}).business)
  const read = dateReader(calendar, 'Asia/Shanghai')
  const at = (iso: string): number => Date.parse(iso)

  it.each([
    ['2026-11-22', '2026-11-22T00:00:00+08:00'],
    ['2026/11/22 09:30', '2026-11-22T09:30:00+08:00'],
    ['2026/1/5 9:30', '2026-01-05T09:30:00+08:00'],
    ['2026.11.22', '2026-11-22T00:00:00+08:00'],
    ['20261122', '2026-11-22T00:00:00+08:00'],
    ['20261122093015', '2026-11-22T09:30:15+08:00'],
    ['2026年11月22日', '2026-11-22T00:00:00+08:00'],
    ['2026年1月5日 9:30', '2026-01-05T09:30:00+08:00'],
    ['2026/11/22 上午 9:30:00', '2026-11-22T09:30:00+08:00'],
    ['2026年11月22日 下午3:05', '2026-11-22T15:05:00+08:00'],
    ['2026-11-22 12:05 AM', '2026-11-22T00:05:00+08:00'],
    ['2026-11-22 12:05 PM', '2026-11-22T12:05:00+08:00'],
    ['２０２６－１１－２２', '2026-11-22T00:00:00+08:00'],
    ['2026-11-22T09:30:15Z', '2026-11-22T09:30:15Z'],
    ['2026-11-22 09:30:15.250+02:00', '2026-11-22T09:30:15+02:00'],
    ['2026-11-22T09:30:15-0530', '2026-11-22T09:30:15-05:30'],
  ])('%s', (text, iso) => {
    expect(read(text)).toBe(at(iso))
  })

  it.each(['', 'soon', '2026-02-30', '2026-13-01', '22/11/2026', '2026-11-22 25:00', '45000', '20261301'])(
    '%s is no date',
    (text) => {
      expect(read(text)).toBeNull()
    },
  )

  it('takes bare numbers of a workbook, and only of a workbook, for serial dates', () => {
    const serial = dateReader(calendar, 'Asia/Shanghai', undefined, true)
    expect([serial('46348'), serial('46348.395833333336'), serial('99999'), read('46348')]).toEqual([
      at('2026-11-22T00:00:00+08:00'),
      at('2026-11-22T09:30:00+08:00'),
      null,
      null,
    ])
  })

  it('follows --date-format where it is given, and nothing else', () => {
    const british = dateReader(calendar, 'Asia/Shanghai', 'dd/MM/yyyy')
    expect(british('05/01/2026')).toBe(at('2026-01-05T00:00:00+08:00'))
    expect(british('2026-01-05')).toBeNull()
  })
})

describe('derived keys', () => {
  it('sort like numbered customers and days, so that a log is appended to the index', () => {
    const keys = ['9', '10', '99', '100'].map((customer) => derivedKey(customer, 9862, 'x'))
    expect([...keys].sort()).toEqual(keys)
    expect(derivedKey('9', 9863, 'a') > derivedKey('9', 9862, 'z')).toBe(true)
  })

  it('tell half a million neighbouring contents apart', () => {
    const prints = new Set<string>()
    for (let i = 0; i < 500_000; i++) prints.add(fingerprint(`1\u001f852048000000\u001forder\u001f${i}`))
    expect(prints.size).toBe(500_000)
  })
})
