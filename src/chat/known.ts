import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { type Dialog, dialogsFor } from '../store/dialogs.ts'
import { rememberHeard } from '../store/heard.ts'
import { eventKey, platformsOf } from '../store/inbox.ts'
import { membersByIdentities } from '../store/members.ts'

/** Who speaks (null: nobody bound this person), and the question that waits for an answer. */
export interface Known {
  readonly actor: Member | null
  readonly dialog: Dialog | null
}

/** Looks up everything about these events at once: a query costs as much for fifty as for one. */
export async function knownOf(
  ctx: Ctx,
  events: readonly InboundEvent[],
): Promise<(event: InboundEvent) => Known> {
  const members = new Map<string, Map<string, Member>>()
  for (const platform of platformsOf(events)) {
    const people = events.filter(({ who }) => who.platform === platform).map(({ who }) => who.id)
    members.set(platform, await membersByIdentities(ctx, platform, people))
    await rememberHeard(ctx, platform, people)
  }
  const dialogs = await dialogsFor(ctx, events)
  return (event) => ({
    actor: members.get(event.who.platform)?.get(event.who.id) ?? null,
    dialog: dialogs.get(eventKey(event)) ?? null,
  })
}
