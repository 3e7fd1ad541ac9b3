import type { Generated } from 'kysely'

/** What WeCom tells of the WeChat contacts (客户联系) between members and customers. See `schema.ts` for the units. */
export interface ContactTables {
  wecom_relations: WecomRelationsTable
  wecom_waiting: WecomWaitingTable
  wecom_behaviour: WecomBehaviourTable
}

/** One member and one customer in WeChat. Ids of customers are case-sensitive. */
export interface WecomRelationsTable {
  customer_key: string
  person: string
  name: Generated<string>
  remark: Generated<string>
  company: Generated<string>
  tags: Generated<string>
  phone: Generated<string | null>
  since_at: Generated<number>
  add_way: Generated<number | null>
  /** The sync that listed it last; null: only a callback has told of it. */
  seen_at: Generated<number | null>
  /** The newest change that a callback has told. */
  changed_at: Generated<number>
  /** Null while it stands. `list`: no longer listed, nobody told why. A customer who deleted a member stays listed. */
  lost_by: 'customer' | 'member' | 'handover' | 'list' | null
  /** Note of the event that told of the customer's deleting the member, until the two found each other again. */
  lost_note: Generated<string | null>
}

/** Events of customers that no sync has brought yet. */
interface WecomWaitingTable {
  event_key: string
  customer_key: string
  kind: string
  at: number
  note: string
}

/** What a member did in WeChat on a day, as WeCom counts it. Null: WeCom gave no number, which is not zero. */
interface WecomBehaviourTable {
  person: string
  day: number
  chats: number | null
  messages: number | null
  /** Percent of the chats that customers began and the member answered. */
  reply_percent: number | null
  /** Minutes until the first answer, on average. */
  reply_minutes: number | null
  /** Customers who deleted or blocked the member. */
  negative: number | null
}
