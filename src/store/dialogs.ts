import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'
import type { InboundEvent } from '../model/chat.ts'
import { eventKey, platformsOf } from './inbox.ts'

/**
 * The one open question to a person in a chat. `command` goes on with `args` and the answer: a chosen
 * customer (`pick`), or one line of text (`line`).
 */
export interface Dialog {
  /** Inbound key of the event that raised the question: buttons of an older question do not answer a newer. */
  readonly id: string
  readonly kind: 'pick' | 'line'
  readonly command: string
  readonly args: Readonly<Record<string, string | number>>
  /** Customer ids in the order of the buttons, for `pick`. */
  readonly options: readonly number[]
  /** For `pick`: the full name of any customer in scope is an answer too. */
  readonly byName?: boolean
}

/** Asks a question, replacing the open one of that person in that chat. */
export async function openDialog(ctx: Ctx, event: InboundEvent, dialog: Dialog): Promise<void> {
  const row = {
    dialog_json: JSON.stringify(dialog),
    expires_at: ctx.clock.now() + ctx.settings.chat.dialogMinutes * 60_000,
  }
  await ctx.db
    .insertInto('dialogs')
    .values({ ...keyOf(event), ...row })
    .onConflict((oc) => oc.columns(['platform', 'person', 'chat']).doUpdateSet(row))
    .execute()
}

/** The open questions of the people in the chats of these events, by `eventKey`; those that expired are none. */
export async function dialogsFor(ctx: Ctx, events: readonly InboundEvent[]): Promise<Map<string, Dialog>> {
  const rows = await ctx.db
    .selectFrom('dialogs')
    .select(['platform', 'person', 'chat', 'dialog_json'])
    .where('platform', 'in', platformsOf(events))
    .where(
      'person',
      'in',
      textList(
        ctx.db,
        events.map((event) => event.who.id),
      ),
    )
    .where('expires_at', '>', ctx.clock.now())
    .execute()
  const open = new Map(rows.map((row) => [nameOf(row), row.dialog_json]))
  const found = new Map<string, Dialog>()
  for (const event of events) {
    const json = open.get(nameOf(keyOf(event)))
    if (json !== undefined) found.set(eventKey(event), JSON.parse(json))
  }
  return found
}

export async function closeDialog(ctx: Ctx, event: InboundEvent): Promise<void> {
  const key = keyOf(event)
  await ctx.db
    .deleteFrom('dialogs')
    .where('platform', '=', key.platform)
    .where('person', '=', key.person)
    .where('chat', '=', key.chat)
    .execute()
}

function keyOf(event: InboundEvent): { platform: string; person: string; chat: string } {
  return {
    platform: event.who.platform,
    person: event.who.id,
    chat: `${event.where.kind}:${event.where.id}`,
  }
}

function nameOf({ platform, person, chat }: ReturnType<typeof keyOf>): string {
  return JSON.stringify([platform, person, chat])
}
