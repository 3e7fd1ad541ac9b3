import { calendarFor } from '../calendar.ts'
import type { OfferedDays } from '../cards/day-choices.ts'
import type { Ctx } from '../context.ts'
import { type Day, partsOfDay, startOfMonth } from '../model/day.ts'

/** The days offered on buttons, each moved to the next workday when it is none. */
export function offeredDays(ctx: Ctx, today: Day): OfferedDays {
  const calendar = calendarFor(ctx.settings)
  const workday = (day: Day): Day => (calendar.isWorkday(day) ? day : calendar.nextWorkday(day))
  return {
    days3: workday(today + 3),
    monday: workday(today - partsOfDay(today).weekday + 8),
    month: workday(startOfMonth(today, 1)),
  }
}
