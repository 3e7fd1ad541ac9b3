import { expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'
import { casesOf } from '../support/lived-days/evening.ts'
import { type Lived, liveDays, TIGHT } from '../support/lived-days/lived-days.ts'
import { isPush } from '../support/lived-days/phones.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
/** 中秋, 国庆, the Sunday and the Saturday worked for them, and ordinary weeks lie within the ninety days. */
const COMPANY = {
  from: '2026-08-23T20:00:00+08:00',
  customers: 120,
  seed: 7,
  leaver: { key: 'sunli', on: 40 },
}
const DAYS = 90
/** The second life is compared with the first as far as it goes. */
const AGAIN_DAYS = 12

let ninety: Lived

it('ninety days of reps who are late, forgetful and wrong: everything holds every evening', {
  timeout: 1_800_000,
}, async () => {
  ninety = await liveDays({ ...COMPANY, file: folder.path('ninety.db'), days: DAYS })
  expect(ninety.breaches).toEqual([])
  // Otherwise nothing was tried.
  expect(ninety.restarts).toBeGreaterThan(10)
  expect(ninety.talked.length).toBeGreaterThan(800)
  for (const kind of [
    'digest',
    'event',
    'late',
    'late-team',
    'stand-in',
    'back',
    'leaver',
    'taken-over',
    'remind',
  ]) {
    expect([...kinds(ninety)], `no ${kind}`).toContain(kind)
  }
  for (const action of ['contacted', 'follow-up', 'snooze', 'false-alarm', 'undo', 'transfer', 'clean']) {
    expect([...ninety.actions.keys()], `nobody did ${action}`).toContain(action)
  }
})

it('the budgets were reached, and what found no place waited', () => {
  const { dayOf } = calendarFor(Settings.parse({}))
  const most = (prefix: string): number => {
    const counts = new Map<string, number>()
    for (const { person, shown } of ninety.arrived.filter(({ shown }) => shown.key.startsWith(prefix))) {
      const key = `${person} ${dayOf(shown.at)}`
      counts.set(key, (counts.get(key) ?? 0) + casesOf(shown).length)
    }
    return Math.max(...counts.values())
  }
  expect(most('digest:')).toBe(TIGHT.perDay)
  expect(most('event:')).toBe(TIGHT.urgentPerDay)
})

it('what begins with a command word is understood', () => {
  const { dm } = textFor('zh-CN').chat.unknown
  const commands = ninety.talked.filter(({ said }) =>
    /^(我的|跟进|请假|转交|流失|名单|打法|撤销|挽回|为什么)/.test(said),
  )
  expect(commands.length).toBeGreaterThan(100)
  expect(commands.filter(({ answer }) => answer.includes(dm))).toEqual([])
})

it('nobody was told anything on a day off, and somebody was on both days worked for 国庆', () => {
  const { dayOf, holidayName, isWorkday } = calendarFor(Settings.parse({}))
  const days = new Set(
    ninety.arrived.filter(({ shown }) => isPush(shown)).map(({ shown }) => dayOf(shown.at)),
  )
  const first = dayOf(Date.parse(COMPANY.from)) + 1
  const all = Array.from({ length: DAYS }, (_, n) => first + n)
  expect(all.filter((day) => holidayName(day) === '国庆节' && !isWorkday(day)).length).toBeGreaterThan(4)
  expect([...days].filter((day) => !isWorkday(day))).toEqual([])
  const worked = all.filter(
    (day) => isWorkday(day) && [6, 0].includes(new Date(day * 86_400_000).getUTCDay()),
  )
  expect(worked).toHaveLength(2)
  for (const day of worked) expect(days).toContain(day)
})

it('no customer comes again within a week unless it is worse, an event, asked for or promised', () => {
  const { dayOf } = calendarFor(Settings.parse({}))
  const last = new Map<string, number>()
  const repeats: string[] = []
  for (const { person, shown } of ninety.arrived.filter(({ shown }) => shown.key.startsWith('digest:'))) {
    const day = dayOf(shown.at)
    for (const item of shown.first.items ?? []) {
      const [caseId] = casesOf({ ...shown, first: { ...shown.first, items: [item], actions: [] } })
      if (caseId === undefined) continue
      const before = last.get(`${person} ${caseId}`)
      last.set(`${person} ${caseId}`, day)
      if (before !== undefined && day - before < 7) repeats.push(item.title)
    }
  }
  for (const title of repeats) expect(title).toMatch(/变严重|新动态|到了你定的日子|约好今天联系/)
})

it('the same seed lives the same life', async () => {
  const again = await liveDays({ ...COMPANY, file: folder.path('again.db'), days: AGAIN_DAYS })
  expect(again.hashes).toEqual(ninety.hashes.slice(0, AGAIN_DAYS))
  expect(new Set(again.hashes).size).toBeGreaterThan(5)
})

function kinds({ arrived }: Lived): Set<string> {
  return new Set(arrived.map(({ shown }) => shown.key.split(':')[0] ?? ''))
}
