import { caseCard } from '../src/cards/case.ts'
import { askForLine } from '../src/chat/ask-for-line.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { logContacted } from '../src/retention/log-follow-up.ts'

/**
 * Button 已联系: one tap is a touch (仅触达) and takes the case in hand; the card asks for the one line that
 * makes it an effective follow-up (K7).
 */
export const contacted = defineCommand({
  name: 'contacted',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: true,
  args: CaseArgs,
  fromText: () => ({}),
  async run(ctx, call) {
    const { actor, args, today, inboundKey, text } = call
    const since = args.digest ?? today
    const written = await logContacted(ctx, { actor, caseId: args.case, day: today, since, inboundKey })
    const { outcome, followUp } = written
    const card = caseCard(outcome, text.followUp.askLine, text)
    const reply = await caseReply(ctx, call, card)
    if (followUp === null) return reply
    return { ...reply, ask: askForLine(call, outcome.case.customerId, followUp) }
  },
})
