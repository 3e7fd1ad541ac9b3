import { scopeOf } from '../src/access.ts'
import { calendarFor } from '../src/calendar.ts'
import { lineCard } from '../src/cards/error.ts'
import { remindedCard } from '../src/cards/overdue.ts'
import { CaseArgs } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { AppError } from '../src/errors.ts'
import { isOpen } from '../src/model/case.ts'
import { logCase } from '../src/store/case-log.ts'
import { caseFor } from '../src/store/cases.ts'
import { dutyOn } from '../src/store/duty.ts'
import { addressesOf } from '../src/store/members.ts'
import { tellMember } from '../src/store/tell-member.ts'

/** Button 提醒 of a lead: the one who has the case, or who stands in, gets one card, at most one a day and case. */
export const remind = defineCommand({
  name: 'remind',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'lead',
  writes: true,
  args: CaseArgs,
  fromText: () => ({}),
  async run(ctx, { actor, args, today, text }) {
    const words = text.sla.late
    const one = await caseFor(ctx, scopeOf(actor), args.case)
    if (!one || !isOpen(one.state))
      throw new AppError('not-found', 'no open case', { say: text.cards.case.none })
    const to = (await dutyOn(ctx)).receiverOf(one.ownerId)
    if (!to || (await addressesOf(ctx, to.id)).length === 0) {
      throw new AppError('conflict', 'nobody to remind', {
        say: words.cannotReach(to?.name ?? one.ownerName),
      })
    }
    const calendar = calendarFor(ctx.settings)
    const dueOn = calendar.dayOf(one.dueAt)
    const late = { ...one, caseId: one.id, dueOn, workdays: calendar.workdaysBetween(dueOn, today) }
    const card = remindedCard({ ...late, by: actor.name }, today, text)
    const told = await tellMember(ctx, to.id, { id: `remind:${one.id}:${today}`, card, caseId: one.id })
    if (told) await logCase(ctx, { caseId: one.id, memberId: actor.id, action: 'reminded' })
    const line = told
      ? words.reminded(to.name, one.customerName)
      : words.remindedBefore(to.name, one.customerName)
    return { cards: [lineCard(line, text)] }
  },
})
