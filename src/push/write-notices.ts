import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Address } from '../model/chat.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'

/** Writes a notice to each of these chats, once per `id` and chat. Returns how many were new. */
export async function writeNotices(
  ctx: Ctx,
  id: string,
  card: Card,
  { to, notBefore }: { readonly to: readonly Address[]; readonly notBefore: number },
): Promise<number> {
  let written = 0
  for (const target of to) {
    const { platform } = target
    const address = addressKey(target)
    const row = { id: `${id}:${platform}:${address}`, platform, kind: 'send', target, address, card } as const
    if (await addToOutbox(ctx, { ...row, lane: 'notice', notBefore })) written++
  }
  return written
}
