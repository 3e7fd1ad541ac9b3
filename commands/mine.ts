import type { Scope } from '../src/access.ts'
import { mineCard } from '../src/cards/mine.ts'
import { caseItems } from '../src/chat/case-items.ts'
import { defineCommand } from '../src/chat/command.ts'
import { NoArgs, wordsFromText } from '../src/chat/customer-args.ts'
import { stepWords } from '../src/chat/step-words.ts'
import type { Case } from '../src/model/case.ts'
import { isDue, nextSteps } from '../src/retention/plays/next-steps.ts'
import { openCases } from '../src/store/cases.ts'
import { promisedContacts } from '../src/store/follow-ups.ts'
import { latestRun } from '../src/store/scores.ts'

const MAX_CASES = 500
const MAX_DUE = 50

/** 我的: open cases that are not asleep, and the promised contacts that are due, as they stand now (A72). */
export const mine = defineCommand({
  name: 'mine',
  aliases: ['我的', '我的客户', '今日', 'my'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: NoArgs,
  fromText: wordsFromText,
  async run(ctx, { actor, scope, today, text }) {
    const cases = await openCases(ctx, scope, { limit: MAX_CASES })
    const mine = cases.filter((one) => worksOn(scope, one))
    const awake = mine.filter((one) => one.snoozedUntil === null || one.snoozedUntil <= today)
    const due = await promisedContacts(ctx, scope, { until: today, limit: MAX_DUE })
    const run = await latestRun(ctx)
    const steps = await nextSteps(ctx, scope, awake)
    const byId = new Map(awake.map((one) => [one.id, stepWords(steps.get(one.id), one, { today, text })]))
    const items = await caseItems(ctx, scope, awake)
    const told = items.map((item) => ({ ...item, action: byId.get(item.caseId) ?? null }))
    const stepsDue = awake.filter((one) => isDue(steps.get(one.id), one, today)).length
    const waiting = awake.filter(({ state }) => state === 'waiting').length
    const counts = { total: awake.length, waiting }
    const input = { name: actor.name, today, items: told, ...counts, stepsDue, due, asOf: run?.asOf ?? null }
    return { cards: [mineCard(input, text)] }
  },
})

/** A rep's own cases, and those of people away; not the one that was handed to a colleague. */
function worksOn(scope: Scope, { ownerId }: Case): boolean {
  return scope.kind !== 'own' || ownerId === scope.memberId || !!scope.reach?.members.includes(ownerId)
}
