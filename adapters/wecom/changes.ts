import type { CustomerChange, TransferFailure } from '../../src/model/address-book.ts'
import { wecomUser } from './schema.ts'
import { textOf, type XmlNode } from './xml.ts'

/**
 * `add_half_external_contact`: the customer added the member, who has not accepted yet. For us that counts: a customer
 * who adds a member again has not gone.
 */
const KINDS: Readonly<Record<string, CustomerChange['kind']>> = {
  del_follow_user: 'deleted-by-customer',
  del_external_contact: 'deleted-by-member',
  add_external_contact: 'added',
  add_half_external_contact: 'added',
}
/** The platform removes the former member itself after a handover; the customer did not go. */
const HANDED_OVER = 'DELETE_BY_TRANSFER'
const REASONS: Readonly<Record<string, TransferFailure['reason']>> = {
  customer_refused: 'customer-refused',
  customer_limit_exceed: 'too-many-customers',
}

/**
 * A `change_external_contact` event, or null when it is none that matters. `FromUserName` is always `sys`, so the
 * event is known by what changed and when. A failed handover names the member who was to take over.
 */
export function readCustomerChange(xml: XmlNode, at: number): CustomerChange | TransferFailure | null {
  const change = textOf(xml, 'ChangeType')
  const user = wecomUser(textOf(xml, 'UserID'))
  const customer = textOf(xml, 'ExternalUserID')
  if (!isId(user) || !isId(customer)) return null
  const event = { id: `${change}:${user}:${customer}:${at}`, at, user, customer }
  if (change === 'transfer_fail') {
    const reason = REASONS[textOf(xml, 'FailReason')] ?? 'unknown'
    return { ...event, kind: 'transfer-failed', reason }
  }
  const kind = KINDS[change]
  if (!kind) return null
  return { ...event, kind: textOf(xml, 'Source') === HANDED_OVER ? 'handed-over' : kind }
}

function isId(text: string): boolean {
  return text !== '' && Buffer.byteLength(text) <= 64
}
