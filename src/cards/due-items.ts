import type { CardItem } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip } from './fit-card.ts'

/** A promised next contact that is due today or overdue. */
export interface DueItem {
  readonly customerId: number
  readonly customerName: string
  readonly nextOn: Day
  /** Whose promise it is, when it is not the reader's. */
  readonly ownerName?: string
}

/**
 * In the payload of 客户详情: 1 on an expected order, 0 on a promise. Both have it, so that a platform whose cards have
 * each kind of button once needs one for both.
 */
export const EXPECTED = 'expected'

/** Promised contacts, one line and one button each. */
export function dueItems(due: readonly DueItem[], today: Day, text: Text): CardItem[] {
  const { due: words, buttons } = text.cards
  return due.map((one) => {
    const line = one.nextOn < today ? words.overdue : words.item
    return {
      title: line(text.common.day(one.nextOn), nameAndOwner(one, text)),
      lines: [],
      actions: [
        { action: 'customer', label: buttons.customer, payload: { customer: one.customerId, [EXPECTED]: 0 } },
      ],
    }
  })
}

/** 华联（代 王芳）: the customer, and for whom the reader stands in. */
export function nameAndOwner(one: { customerName: string; ownerName?: string }, text: Text): string {
  const name = clip(one.customerName, 24)
  return one.ownerName === undefined ? name : text.handOver.named(name, clip(one.ownerName, 8))
}
