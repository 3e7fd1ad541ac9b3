import { expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { isPlan } from '../../src/chat/is-plan.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { understand } from '../../src/retention/understand.ts'
import { Settings } from '../../src/settings.ts'

const now = { today: dayFromIso('2026-11-23') ?? 0, calendar: calendarFor(Settings.parse({})) }
/** As the chat asks: without the customer's name. */
function read(text: string): boolean {
  const rest = text.replace('老地方', '')
  return isPlan(rest, understand(rest, now, 180))
}

it.each([
  '明天再打给老地方',
  '下周三再联系老地方',
  '老地方下周三再联系',
  '我明天去拜访老地方',
  '提醒我周五联系老地方',
  '记得下周一给老地方打电话',
  '月底再找老地方',
  '周五去老地方谈价格',
  ' 下周一',
])('%s is a plan', (text) => expect(read(text)).toBe(true))

it.each([
  '联系老地方，下周三再约',
  '老地方没接电话，明天再打',
  '打了电话，明天再打',
  '明天送样，客户说可以',
  '老地方下周三打款',
  '老地方下周三续约',
  '下周三我请假',
  '周五团建',
  '有意向，下周三再约',
  '再联系老地方',
])('%s is none', (text) => expect(read(text)).toBe(false))
