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
}
