import { UNSCOPED } from '../access.ts'
import { endWords } from '../cards/play.ts'
import type { PlaysOfPush } from '../push/enqueue.ts'
import { isDue, nextSteps } from '../retention/plays/next-steps.ts'
import { rememberPushed } from '../retention/plays/remember.ts'
import { openCases } from '../store/cases.ts'
import { textFor } from '../text/index.ts'

/** Push and plays do not know each other; this edge joins them. */
export const playsOfPush: PlaysOfPush = {
  async start(ctx, { customerId, caseId, day }) {
    const { variant } = await rememberPushed(ctx, { customerId, caseId, day })
    const one = { id: caseId, customerId, customerName: '' }
    const step = (await nextSteps(ctx, UNSCOPED, [one])).get(caseId)
    if (step?.ended) return endWords(step.ended, textFor(ctx.settings.locale))
    // The first step says at length what the reasons suggest in a few words; a script is shown as it is.
    return step?.next && (step.next.rank > 1 || variant !== null) ? step.next.what : null
  },
  async dueOn(ctx, memberId, day) {
    const cases = await openCases(ctx, UNSCOPED, { ownerId: memberId })
    const steps = await nextSteps(ctx, UNSCOPED, cases)
    return cases
      .filter((one) => {
        const step = steps.get(one.id)
        return step?.next?.due === day && isDue(step, one, day)
      })
      .map(({ customerId, customerName }) => ({ customerId, customerName }))
  },
}
