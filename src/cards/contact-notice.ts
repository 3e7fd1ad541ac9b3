import type { TransferFailure } from '../model/address-book.ts'
import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { noticeCard } from './admin-notice.ts'
import { clip, fitCard } from './fit-card.ts'

/** Members whose WeChat customers could not be read. */
export function unreadMembersCard(
  members: readonly { readonly name: string; readonly say: string }[],
  text: Text,
): Card {
  const { title, note } = text.wecomContact.unread
  const lines = members.map(({ name, say }) => `${clip(name, 10)}：${say}`)
  return noticeCard(title(members.length), lines, note, text)
}

/** A customer that was to be handed over did not move. `customer` may be empty. */
export function transferFailedCard(
  failed: { readonly customer: string; readonly rep: string; readonly reason: TransferFailure['reason'] },
  text: Text,
): Card {
  const words = text.wecomContact.transfer
  const title = words.title(clip(failed.customer, 24) || words.unknownCustomer)
  const reason = words.reasons[failed.reason]
  return fitCard({
    summary: `${title}。${reason}`,
    title,
    tone: 'warning',
    facts: [words.to(clip(failed.rep, 16)), reason],
  })
}
