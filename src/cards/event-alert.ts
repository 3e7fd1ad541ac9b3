import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { type AtRiskItem, atRiskCard, raising } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

/** A new buyer is a reason to call; a complaint or a cancellation does not wait. */
const CALMER = 'contact-change'

/**
 * The event lane's card: what happened stands first, whatever the score says of the customer; the rest is the
 * at-risk card.
 */
export function eventAlertCard(item: AtRiskItem, asOf: Day, text: Text): Card {
  const card = atRiskCard(item, asOf, text)
  const [news] = raising(item.evidence)
  if (!news) return card
  const name = clip(item.customerName, 24)
  const title = text.push.eventTitle(name, text.scoring.signals[news.signal] ?? '')
  return fitCard({
    ...card,
    title,
    summary: text.push.eventSummary(title, evidenceSentence(news, text)),
    tone: news.signal === CALMER ? 'warning' : 'urgent',
  })
}
