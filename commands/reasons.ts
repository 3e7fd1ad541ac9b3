import { z } from 'zod'
import { maskName } from '../src/access.ts'
import { exitReasonsCard, reasonCustomersCard } from '../src/cards/exit-reasons.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { readQuestion } from '../src/chat/figure-question.ts'
import { LOST_REASONS, type LostReason } from '../src/model/case.ts'
import { exitReasons } from '../src/stats/exit-reasons.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({
  words: z.string().max(60).default(''),
  /** The customers behind one reason. */
  reason: z.enum(LOST_REASONS).optional(),
})
type ReasonsCall = Call<z.infer<typeof Args>>

/** 原因 [期间] [团队] [原因]: why customers leave, ranked; with a reason the customers behind it (A26, A85). */
export const reasons = defineCommand({
  name: 'reasons',
  aliases: ['原因', '流失原因'],
  where: 'both',
  role: 'rep',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: ReasonsCall) {
    const { text, args, where } = call
    const asked = reasonIn(args.words, text)
    const reason = args.reason ?? asked?.reason
    const question = asked ? args.words.replace(asked.word, ' ') : args.words
    const { period, scope, whose } = await readQuestion(ctx, call, question)
    const figures = await exitReasons(ctx, { scope, period })
    const inGroup = where.kind === 'group'
    if (reason !== undefined) {
      const customers = figures.ranked.find((one) => one.reason === reason)?.customers ?? []
      const shown = customers.map((one) => (inGroup ? { ...one, name: maskName(one.name) } : one))
      return { cards: [reasonCustomersCard({ period: figures.period, reason, customers: shown }, text)] }
    }
    return {
      cards: [exitReasonsCard({ ...figures, team: whose, question: inGroup ? null : args.words }, text)],
    }
  },
})

/** 原因 本月 价格: the reason that stands in the words, as they are shown. */
function reasonIn(words: string, text: Text): { reason: LostReason; word: string } | undefined {
  return LOST_REASONS.map((reason) => ({ reason, word: text.sla.lostReasons[reason] })).find(({ word }) =>
    words.includes(word),
  )
}
