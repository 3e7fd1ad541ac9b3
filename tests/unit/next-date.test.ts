import { describe, expect, it } from 'vitest'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { nextDate } from '../../src/retention/next-date.ts'

function read(text: string, today: string): string | null {
  const said = nextDate(text, dayFromIso(today) ?? 0)
  if (!said) return null
  return said.day === null ? 'impossible' : isoFromDay(said.day)
}

const SUNDAY = '2026-11-22'
const WEDNESDAY = '2026-11-25'

describe('the next date in a rep’s words', () => {
  it.each([
    ['明天', SUNDAY, '2026-11-23'],
    ['后天再约', SUNDAY, '2026-11-24'],
    ['大后天', SUNDAY, '2026-11-25'],
    ['明早打给他', SUNDAY, '2026-11-23'],
    ['下周三再约', SUNDAY, '2026-11-25'],
    ['下周三', WEDNESDAY, '2026-12-02'],
    ['下周日', WEDNESDAY, '2026-12-06'],
    ['下下周一', WEDNESDAY, '2026-12-07'],
    ['下个星期五', WEDNESDAY, '2026-12-04'],
    ['下礼拜二', WEDNESDAY, '2026-12-01'],
    ['周三', WEDNESDAY, '2026-12-02'],
    ['周四', WEDNESDAY, '2026-11-26'],
    ['周二', WEDNESDAY, '2026-12-01'],
    ['本周五', WEDNESDAY, '2026-11-27'],
    ['这周二', WEDNESDAY, '2026-11-24'],
    ['下周', WEDNESDAY, '2026-11-30'],
    ['11-25', SUNDAY, '2026-11-25'],
    ['11/25', SUNDAY, '2026-11-25'],
    ['11月25日', SUNDAY, '2026-11-25'],
    ['11月25号', SUNDAY, '2026-11-25'],
    ['1月5日', '2026-12-20', '2027-01-05'],
    ['11-20', SUNDAY, '2026-11-20'],
    ['2026-12-01', SUNDAY, '2026-12-01'],
    ['2026年12月1日', SUNDAY, '2026-12-01'],
    ['2月30日', SUNDAY, 'impossible'],
    ['3天后', SUNDAY, '2026-11-25'],
    ['三天后', SUNDAY, '2026-11-25'],
    ['过两天再联系', SUNDAY, '2026-11-24'],
    ['3-5天后给答复', SUNDAY, '2026-11-27'],
    ['十五天之后', SUNDAY, '2026-12-07'],
    ['两周后', SUNDAY, '2026-12-06'],
    ['一个月后', '2026-01-31', '2026-02-28'],
    ['3个月后', SUNDAY, '2027-02-22'],
    ['半个月后', SUNDAY, '2026-12-07'],
    ['月底', SUNDAY, '2026-11-30'],
    ['月底', '2026-11-30', '2026-12-31'],
    ['下月底', SUNDAY, '2026-12-31'],
    ['下个月初', SUNDAY, '2026-12-01'],
    ['下月5号', SUNDAY, '2026-12-05'],
    ['25号', SUNDAY, '2026-11-25'],
    ['20号', SUNDAY, '2026-12-20'],
    ['年底', SUNDAY, '2026-12-31'],
    ['周三电话聊了，下周五再约', WEDNESDAY, '2026-12-04'],
    ['tomorrow', SUNDAY, '2026-11-23'],
    ['in 3 days', SUNDAY, '2026-11-25'],
    ['next wed', SUNDAY, '2026-11-25'],
  ])('%s on %s is %s', (text, today, expected) => {
    expect(read(text, today)).toBe(expected)
  })

  it.each([
    '有意向',
    '价格高 12-15 万',
    '要 3/4 寸的管子吗',
    '上周三拜访过',
    '昨天聊了',
    '买了 25 号楼的货',
    '金额 11.25 万',
    '电话 138-0000-1111',
    '付了 1/3 款',
    '每周三送货',
    '上个月底下的单',
    '上月5号来过',
  ])('%s names no next date', (text) => {
    expect(read(text, WEDNESDAY)).toBeNull()
  })
})
