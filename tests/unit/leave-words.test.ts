import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/calendar.ts'
import { readLeave } from '../../src/chat/leave-words.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { Settings } from '../../src/settings.ts'

const calendar = createCalendar(Settings.parse({}).business)
const day = (iso: string): number => dayFromIso(iso) ?? 0

/** Said on Monday 2026-11-23 in the morning. */
function said(words: string, today = '2026-11-23') {
  const { time, ...rest } = readLeave(words, { today: day(today), start: day(today), calendar })
  return { ...rest, time: time && `${isoFromDay(time.from)} ${isoFromDay(time.until)}` }
}

describe('the words after 请假', () => {
  it.each([
    ['3天 转 小李', '2026-11-23 2026-11-26'],
    ['三天转小李', '2026-11-23 2026-11-26'],
    ['到周五', '2026-11-23 2026-11-30'],
    ['明天', '2026-11-24 2026-11-25'],
    ['明天起 2天', '2026-11-24 2026-11-26'],
    ['周三到周五', '2026-11-25 2026-11-30'],
    ['11-26 到 12-01', '2026-11-26 2026-12-02'],
    ['一周', '2026-11-23 2026-11-30'],
    ['半天', '2026-11-23 2026-11-24'],
    ['5天', '2026-11-23 2026-11-30'],
    ['周六', '2026-11-30 2026-12-01'],
    ['3 days to li', '2026-11-23 2026-11-26'],
  ])('「%s」 is %s', (words, time) => {
    expect(said(words).time).toBe(time)
  })

  it('counts workdays: public holidays are no leave, and nobody comes back on one', () => {
    expect(said('3天', '2026-09-30').time).toBe('2026-09-30 2026-10-10')
    expect(said('到 10-07', '2026-09-30').time).toBe('2026-09-30 2026-10-08')
  })

  it.each([
    ['3天 转 小李', '', '小李'],
    ['3天 转给李强', '', '李强'],
    ['3天 由 李强 代班', '', '李强'],
    ['小王 3天 转 小李', '小王', '小李'],
    ['小王3天转小李', '小王', '小李'],
    ['王芳 到周五', '王芳', null],
    ['3天 看病', '看病', null],
    ['取消', '', null],
    ['王芳 取消', '王芳', null],
  ])('「%s」 names 「%s」 and %s', (words, who, deputy) => {
    expect(said(words)).toMatchObject({ who, deputy })
  })

  it('knows 取消 and its kin', () => {
    for (const words of ['取消', '销假', '提前回来', 'cancel']) expect(said(words).cancel, words).toBe(true)
    expect(said('3天').cancel).toBe(false)
  })

  it('says nothing of a time that was not said', () => {
    expect(said('转 小李').time).toBeNull()
    expect(said('').time).toBeNull()
  })
})
