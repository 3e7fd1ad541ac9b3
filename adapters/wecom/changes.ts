import { wecomUser } from './schema.ts'
import { textOf, type XmlNode } from './xml.ts'

/** Something that changed between a member and a customer in WeChat (客户联系). */
export interface CustomerChange {
  /** The same for every attempt of the platform to tell it. */
  readonly id: string
  readonly at: number
  /** `deleted-by-customer`: the customer deleted the member. `deleted-by-member`: the other way round. */
  readonly kind: 'deleted-by-customer' | 'deleted-by-member' | 'added'
  readonly user: string
  /** Case-sensitive. */
  readonly customer: string
}

const KINDS: Readonly<Record<string, CustomerChange['kind']>> = {
  del_follow_user: 'deleted-by-customer',
  del_external_contact: 'deleted-by-member',
  add_external_contact: 'added',
}
/** The platform removes the former member itself after a handover; the customer did not go. */
const HANDED_OVER = 'DELETE_BY_TRANSFER'

/**
 * A `change_external_contact` event, or null when it is none that matters. `FromUserName` is always `sys`, so the
 * event is known by what changed and when.
 */
export function readCustomerChange(xml: XmlNode, at: number): CustomerChange | null {
  const change = textOf(xml, 'ChangeType')
  const kind = KINDS[change]
  const user = wecomUser(textOf(xml, 'UserID'))
  const customer = textOf(xml, 'ExternalUserID')
  if (!kind || textOf(xml, 'Source') === HANDED_OVER) return null
  if (!isId(user) || !isId(customer)) return null
  return { id: `${change}:${user}:${customer}:${at}`, at, kind, user, customer }
}

function isId(text: string): boolean {
  return text !== '' && Buffer.byteLength(text) <= 64
}
