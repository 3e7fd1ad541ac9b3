import type { CardItem } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { NextOrder } from '../model/next-order.ts'
import type { Text } from '../text/index.ts'
import { EXPECTED, nameAndOwner } from './due-items.ts'

/** A customer whose next order is expected about now. */
export interface ExpectedOrder {
  readonly customerId: number
  readonly customerName: string
  readonly next: NextOrder
  /** Whose customer it is, when it is not the reader's. */
  readonly ownerName?: string
}

/** Expected orders, one line and one button each: a hint, no risk. */
export function expectedItems(orders: readonly ExpectedOrder[], today: Day, text: Text): CardItem[] {
  const { expected: words, buttons } = text.cards
  return orders.map(({ customerId, next, ...one }) => ({
    title: words.item(nameAndOwner(one, text), next.every, next.due, next.due < today),
    lines: [],
    actions: [
      { action: 'customer', label: buttons.customer, payload: { customer: customerId, [EXPECTED]: 1 } },
    ],
  }))
}
