import type { AtRiskItem } from '../cards/at-risk.ts'
import { digestCard } from '../cards/digest.ts'
import { eventAlertCard } from '../cards/event-alert.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Digest, DigestEntry } from '../push/enqueue.ts'
import type { UrgentEntry } from '../push/urgent.ts'
import type { Text } from '../text/index.ts'

/** Facts of a push → card. Feature and presenter do not know each other; this edge joins them. */
export function presentDigest(asOf: Day, text: Text): (digest: Digest) => Card {
  return (digest) => digestCard({ ...digest, items: digest.items.map(asAtRisk), asOf }, text)
}

export function presentUrgent(text: Text): (entry: UrgentEntry, day: Day) => Card {
  return (entry, day) => eventAlertCard(asAtRisk(entry), day, text)
}

function asAtRisk(entry: DigestEntry): AtRiskItem {
  return { ...entry, orderReason: { rank: entry.rank, reason: entry.reason } }
}
