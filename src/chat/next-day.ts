import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { Understood } from '../retention/understand.ts'
import type { Text } from '../text/index.ts'

/**
 * A date that cannot be is refused before anything is written (K3).
 * @throws AppError `bad-input`
 */
export function checkDate({ settings }: Ctx, text: Text, { refused, saidDate }: Understood): void {
  if (refused === null) return
  const say = text.followUp.refused[refused](saidDate ?? '', settings.chat.maxNextDays)
  throw new AppError('bad-input', 'the next date cannot be taken', { say })
}

/**
 * The day of a button, which may be an old one.
 * @throws AppError `bad-input` when it has passed or is too far away.
 */
export function checkDay({ settings }: Ctx, { today, text }: { today: Day; text: Text }, day: Day): void {
  if (day > today && day - today <= settings.chat.maxNextDays) return
  throw new AppError('bad-input', 'the day cannot be taken', { say: text.cards.case.dayTooFar })
}
