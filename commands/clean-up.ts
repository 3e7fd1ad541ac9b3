import { z } from 'zod'
import { cleanUpCard } from '../src/cards/clean-up.ts'
import { lineCard } from '../src/cards/error.ts'
import { defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { cleanUp, oldCases } from '../src/retention/clean-up.ts'

/** 清理: the own old cases with one button that closes them all; 撤销 brings them back (K8). */
export const cleanUpCommand = defineCommand({
  name: 'clean-up',
  aliases: ['清理', '一键清理'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: z.object({ words: z.literal('').optional(), before: z.number().int().optional() }),
  fromText: wordsFromText,
  async run(ctx, { actor, args, today, text }) {
    const words = text.sla.cleanUp
    const before = today - ctx.settings.retention.cleanUpAfterDays
    if (args.before === undefined) {
      const cases = await oldCases(ctx, actor, { before, today })
      const none = lineCard(words.none(ctx.settings.retention.cleanUpAfterDays), text)
      return { cards: [cases.length === 0 ? none : cleanUpCard({ cases, before, today }, text)] }
    }
    // A button is never younger than the rule.
    const closed = await cleanUp(ctx, { actor, before: Math.min(args.before, before) })
    const card = lineCard(closed === 0 ? words.nothingLeft : words.done(closed), text)
    const undo = { action: 'undo', label: text.cards.buttons.undo, payload: {} }
    return { cards: [closed === 0 ? card : { ...card, actions: [undo] }] }
  },
})
