import type { AtRiskItem } from '../cards/at-risk.ts'
import { digestCard } from '../cards/digest.ts'
import { eventAlertCard } from '../cards/event-alert.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Responsible } from '../model/push.ts'
import type { Digest, DigestEntry } from '../push/enqueue.ts'
import type { UrgentEntry } from '../push/urgent.ts'
import type { Text } from '../text/index.ts'

/** Facts of a push → card. Feature and presenter do not know each other; this edge joins them. */
export function presentDigest(asOf: Day, text: Text): (digest: Digest) => Card {
  return (digest) => {
    const items = digest.items.map((item) => asAtRisk(item, digest.repId, text))
    const due = digest.due.map((one) => ({ ...one, ...insteadOf(one.owner, digest.repId, text) }))
    const orders = digest.orders.map((one) => ({ ...one, ...insteadOf(one.owner, digest.repId, text) }))
    return digestCard({ ...digest, items, due, orders, asOf }, text)
  }
}

export function presentUrgent(text: Text): (entry: UrgentEntry, day: Day) => Card {
  return (entry, day) => eventAlertCard(asAtRisk(entry, entry.receiver, text), day, text)
}

function asAtRisk(entry: DigestEntry, receiver: number, text: Text): AtRiskItem {
  const orderReason = { rank: entry.rank, reason: entry.reason }
  return { ...entry, orderReason, ...insteadOf(entry.owner, receiver, text) }
}

/** 代 王芳: the reader stands in for somebody. */
function insteadOf(owner: Responsible | null, receiver: number, text: Text): { readonly ownerName?: string } {
  return owner === null || owner.id === receiver ? {} : { ownerName: text.handOver.insteadOf(owner.name) }
}
