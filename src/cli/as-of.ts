import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Day, dayFromIso } from '../model/day.ts'

/** The day of an `--as-of` option; today in the business time zone when it is not given. */
export function asOfDay(ctx: Ctx, text: string | undefined): Day {
  if (text === undefined) return calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const day = dayFromIso(text)
  if (day !== null) return day
  throw new AppError('bad-input', 'bad --as-of', {
    say: `--as-of ${text}: expected a date such as 2026-11-22`,
  })
}

/** The day of an `--as-of` that must not lie ahead; yesterday when it is not given, for today is not over. */
export function knownDay(ctx: Ctx, text: string | undefined): Day {
  const today = asOfDay(ctx, undefined)
  if (text === undefined) return today - 1
  const day = asOfDay(ctx, text)
  if (day <= today) return day
  throw new AppError('bad-input', 'as-of in the future', {
    say: `--as-of ${text}: that day has not come yet`,
  })
}
