/** A member of a platform's address book. */
export interface DirectoryMember {
  readonly user: string
  readonly name: string
  /** Name of the main department; empty where the platform does not show it. */
  readonly department: string
  readonly leads: boolean
  /** False once the member was disabled or left. */
  readonly employed: boolean
}

/** A customer in the CRM of a platform (客户管理). */
export interface CrmCustomer {
  readonly customer: string
  /** Empty where the record does not say it. */
  readonly name: string
  readonly phone: string
  /** Accounts of the owners, the first one first; none: in the public pool (公海). */
  readonly owners: readonly string[]
  /** `2019-12-25`, in China; null where it is not told. */
  readonly since: string | null
}

/** Records of one page, and the cursor of the next one; null: the last page. */
export interface CrmPage {
  readonly customers: readonly CrmCustomer[]
  readonly next: string | null
}

/** A customer of a member in WeChat (客户联系). */
export interface ExternalContact {
  readonly customer: string
  readonly user: string
  readonly name: string
  readonly remark: string
  readonly company: string
  /** When the member and the customer found each other. */
  readonly since: number
  readonly phones: readonly string[]
  /** Names of the company's tags. */
  readonly tags: readonly string[]
  /** The platform's number for how they found each other (`text/…/wecom-contact.ts`); null: not told. */
  readonly addWay: number | null
}

/** Members whose contacts could not be read, each with what an administrator can do about it. */
export interface UnreadMember {
  readonly user: string
  readonly say: string
}

/** A page of the contacts of some members. */
export interface ContactsPage {
  readonly contacts: readonly ExternalContact[]
  /** With the last page of them: the members that were read to the end, and those that could not be. */
  readonly done: { readonly read: readonly string[]; readonly unread: readonly UnreadMember[] } | null
}

interface ContactEvent {
  /** The same for every attempt of the platform to tell it. */
  readonly id: string
  readonly at: number
  readonly user: string
  /** Case-sensitive. */
  readonly customer: string
}

/**
 * Something that changed between a member and a customer in WeChat. `handed-over`: the platform removed the former
 * member itself, the customer did not go.
 */
export interface CustomerChange extends ContactEvent {
  readonly kind: 'deleted-by-customer' | 'deleted-by-member' | 'handed-over' | 'added'
}

/** A customer that was to be handed over to `user` did not move. */
export interface TransferFailure extends ContactEvent {
  readonly kind: 'transfer-failed'
  readonly reason: 'customer-refused' | 'too-many-customers' | 'unknown'
}

/** What a member did in WeChat on one day, as the platform counts it. Null: no number was given, which is not zero. */
export interface ContactBehaviour {
  /** Any instant of the day. */
  readonly at: number
  readonly chats: number | null
  readonly messages: number | null
  readonly replyPercent: number | null
  readonly replyMinutes: number | null
  readonly negative: number | null
}
