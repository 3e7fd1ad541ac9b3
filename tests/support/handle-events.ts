import { commands } from '../../commands/index.ts'
import { createAccept } from '../../src/chat/accept.ts'
import { createCallers } from '../../src/chat/callers.ts'
import type { AnyCommand } from '../../src/chat/command.ts'
import { indexCommands } from '../../src/chat/handle-event.ts'
import { handlePage } from '../../src/chat/handle-page.ts'
import type { Handling } from '../../src/chat/handle-row.ts'
import type { Ctx } from '../../src/context.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { newEvents } from '../../src/store/inbox.ts'

/** Stores an event as the service does; nobody waits for its reply. */
export function acceptEvent(ctx: Ctx, event: InboundEvent): Promise<void> {
  return createAccept(ctx, createCallers(), () => undefined)(event)
}

/** With these commands and without callers. */
export function handlingOf(list: readonly AnyCommand[]): Handling {
  return { commands: indexCommands(list), callers: createCallers() }
}

const ALL = handlingOf(commands)

/** Handles every event that waits. */
export async function handleWaiting(ctx: Ctx, handling: Handling = ALL): Promise<void> {
  const rows = await newEvents(ctx, 100)
  await handlePage(ctx, handling, rows, { onMessages: () => undefined, stopped: () => false })
}
