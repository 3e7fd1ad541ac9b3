import { calendarFor } from '../calendar.ts'
import { followUpCard } from '../cards/follow-up.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Case } from '../model/case.ts'
import type { FollowUpContent } from '../store/follow-ups.ts'
import type { Call } from './command.ts'
import { offeredDays } from './offered-days.ts'

/** The echo of a follow-up as it stands. */
export function followUpEcho(
  ctx: Ctx,
  { today, text }: Pick<Call<unknown>, 'today' | 'text'>,
  row: {
    id: number
    customer: { readonly id: number; readonly name: string }
    content: FollowUpContent
    case: Case | null
    /** The rep has confirmed it. */
    confirmed?: boolean
    /** A language model changed what was read. */
    assisted?: boolean
  },
): Card {
  const { nextOn } = row.content
  return followUpCard(
    {
      ...row.content,
      followUpId: row.id,
      customerId: row.customer.id,
      customerName: row.customer.name,
      confirmed: row.confirmed ?? false,
      assisted: row.assisted ?? false,
      offDay: nextOn !== null && !calendarFor(ctx.settings).isWorkday(nextOn),
      case: row.case,
      offers: offeredDays(ctx, today),
    },
    text,
  )
}
