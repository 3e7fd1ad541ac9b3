import { caseCard } from '../src/cards/case.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { actOnCase } from '../src/retention/act-on-case.ts'

/** Button 关闭 of a lead: nobody works on the case any more; it can be taken back. */
export const closeCase = defineCommand({
  name: 'close-case',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'lead',
  writes: true,
  args: CaseArgs,
  fromText: () => ({}),
  async run(ctx, call) {
    const { actor, args, text } = call
    const outcome = await actOnCase(ctx, { caseId: args.case, actor, action: { kind: 'clean' } })
    return caseReply(ctx, call, caseCard(outcome, text.sla.late.closed, text))
  },
})
