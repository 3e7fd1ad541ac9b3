import type { EventKind } from '../model/event.ts'

/**
 * What an event's amount means for revenue: orders and renewals bring it, refunds take it back. Payments settle
 * orders and count only in a database that knows neither orders nor renewals.
 */
export function revenueSign(kinds: readonly EventKind[]): (kind: EventKind) => number {
  const byPayment = !kinds.includes('order') && !kinds.includes('renewal')
  return (kind) => {
    if (kind === 'order' || kind === 'renewal') return 1
    if (kind === 'refund') return -1
    return kind === 'payment' && byPayment ? 1 : 0
  }
}
