import type { ColumnTypes } from '../columns.ts'

/** What customers wish for (反馈), what grieves the users themselves (吐槽), and birthdays of contacts. */
export function voices(t: ColumnTypes): string[] {
  const member = `${t.int} references members (id)`
  return [
    `create table feedback (id ${t.id}, customer_id ${t.int} not null references customers (id), member_id ${member} not null,
      at ${t.int} not null, text ${t.text} not null, state ${t.text} not null, changed_at ${t.int}, changed_by ${member},
      inbound_key ${t.text} not null unique ${t.end}`,
    `create index feedback_customer on feedback (customer_id)`,
    // member_id: so that the answer finds its way back; nobody is shown it.
    `create table grumbles (id ${t.id}, member_id ${member} not null, at ${t.int} not null, text ${t.text} not null,
      answer ${t.text}, answered_at ${t.int}, answered_by ${member}, inbound_key ${t.text} not null unique ${t.end}`,
    // Month × 100 + day of the month: 1123 is the 23rd of November.
    `alter table contacts add column birthday ${t.int}`,
  ]
}
