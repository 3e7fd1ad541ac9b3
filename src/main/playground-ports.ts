import type { PlaygroundPorts } from '../../adapters/playground/ports.ts'
import { suggestionsFor } from '../../commands/suggestions.ts'
import type { Ctx } from '../context.ts'
import { PLAYGROUND } from '../model/playground.ts'
import { memberByIdentity } from '../store/members.ts'
import { playgroundHistory } from '../store/playground-messages.ts'
import { playgroundGroups, playgroundPeople } from '../store/playground-people.ts'

/** What the playground needs of the house; null where it is switched off. */
export function playgroundPorts(
  ctx: Ctx,
  drawChart: PlaygroundPorts['drawChart'],
  nextWorkday: PlaygroundPorts['nextWorkday'],
): PlaygroundPorts | null {
  if (!ctx.settings.playground.enabled) return null
  return {
    log: ctx.log.child({ adapter: PLAYGROUND }),
    clock: ctx.clock,
    zone: ctx.settings.business.zone,
    locale: ctx.settings.locale,
    history: playgroundHistory(ctx),
    drawChart,
    people: () => playgroundPeople(ctx),
    groups: () => playgroundGroups(ctx),
    async commands(personId, chat) {
      const member = await memberByIdentity(ctx, PLAYGROUND, personId)
      return member ? suggestionsFor(member.role, chat, ctx.settings.locale) : []
    },
    nextWorkday,
  }
}
