import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'

/** Workdays offered on buttons: three days on, next Monday, next month. */
export interface OfferedDays {
  readonly days3: Day
  readonly monday: Day
  readonly month: Day
}

/** The offered days with the date they stand for; of two that fall on one day the more exact word stays. */
export function dayChoices(offered: OfferedDays, text: Text): { label: string; day: Day }[] {
  const { next } = text.followUp
  const choices = [
    { label: next.days3, day: offered.days3 },
    { label: next.monday, day: offered.monday },
    { label: next.month, day: offered.month },
  ]
  return choices
    .filter(({ day }, index) => !choices.slice(index + 1).some((later) => later.day === day))
    .map(({ label, day }) => ({ label: `${label} ${text.common.date(day)}`, day }))
}
