import type { ColumnTypes } from '../columns.ts'

/** What became of a push, of a handover in WeCom, and where a member was heard last. */
export function deliveries(t: ColumnTypes): string[] {
  return [
    // 1: nobody knows whether an attempt arrived, so the message goes to nobody else.
    `alter table outbox add column doubtful ${t.int} not null default 0`,
    // What was tried before may have arrived.
    `update outbox set doubtful = 1 where attempts > 0`,
    // WeCom could not move the customer's contact: when it said so, and why.
    `alter table transfers add column failed_at ${t.int}`,
    `alter table transfers add column failed_reason ${t.text}`,
    `create index transfers_customer on transfers (customer_id)`,
    // Set only for members with several identities: pushes follow them.
    `alter table identities add column heard_at ${t.int}`,
    `create index identities_member on identities (member_id)`,
  ]
}
