import { expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { contactReport } from '../../src/chat/contact-report.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { understand } from '../../src/retention/understand.ts'
import { Settings } from '../../src/settings.ts'

const now = { today: dayFromIso('2026-11-23') ?? 0, calendar: calendarFor(Settings.parse({})) }
const read = (text: string) => contactReport(text, understand(text, now, 180))

it.each([
  '联系了张总，对价格不满，下周三再约',
  '今天拜访华联，有意向',
  '客户说太贵，不续了',
  '没接电话，明天再打',
  '明天送样，客户说可以',
  '王姐微信回了，下周下单',
])('%s tells of a contact', (text) => expect(read(text)).not.toBeNull())

it.each([
  '我明天去拜访华联',
  '明天要约张总',
  '下周三我请假',
  '周五团建',
  '你说的不对',
  '你这个提醒不准',
  '这个怎么用',
  '明天开会吗',
  '为什么客户不满意',
  '好的谢谢',
  '价格多少？',
])('%s does not', (text) => expect(read(text)).toBeNull())
