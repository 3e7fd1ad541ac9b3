import type { Day } from './day.ts'

/**
 * Kinds of events 行为. `resolved` closes every complaint and ticket of the customer that is older;
 * `contact-change` is written by sync when a contact leaves or joins; `touch` is a contact by us that is no
 * logged follow-up; `cancel` is an explicit churn notice. `contact-deleted`: the customer removed one of us from
 * its chat contacts, until `contact-added` takes it back; `contact-dropped`: one of us removed the customer. The notes of
 * the three are read by `deleted-contact.ts`. `low-survey` is written by sync for an answer that is low or fell
 * (`low-survey.ts`).
 */
export const EVENT_KINDS = [
  'order',
  'payment',
  'renewal',
  'refund',
  'consult',
  'login',
  'browse',
  'review',
  'complaint',
  'ticket',
  'resolved',
  'visit',
  'contact-change',
  'touch',
  'cancel',
  'contact-deleted',
  'contact-dropped',
  'contact-added',
  'low-survey',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** One dated fact about a customer. `amount` is 分, positive for every kind; a refund's direction is its kind. */
export interface CustomerEvent {
  readonly id: number
  readonly customerId: number
  readonly kind: EventKind
  readonly at: number
  readonly day: Day
  readonly amount: number | null
  readonly quantity: number | null
  readonly channel: string | null
  readonly text: string | null
  readonly note: string | null
}
