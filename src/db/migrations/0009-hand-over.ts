import type { ColumnTypes } from '../columns.ts'

/** Who is away, whose customers went to whom, and cases that were handed to somebody beside their customer's owner. */
export function handOver(t: ColumnTypes): string[] {
  const member = `${t.int} references members (id)`
  const customer = `${t.int} not null references customers (id)`
  return [
    // 1: the owner was chosen by a person and keeps the case until it closes, whoever owns the customer.
    `alter table cases add column handed ${t.int} not null default 0`,
    // Away on the days [from_on, until_on); equal ones: taken back. told_at: the summary of the return went out.
    `create table absences (id ${t.id}, member_id ${member} not null, deputy_id ${member}, from_on ${t.int} not null,
      until_on ${t.int} not null, set_by ${member} not null, created_at ${t.int} not null, told_at ${t.int} ${t.end}`,
    `create index absences_until on absences (until_on)`,
    // A customer given away here: as long as its source names source_owner_id, owner_id is its owner.
    `create table custody (customer_id ${t.int} primary key references customers (id), source_owner_id ${member},
      owner_id ${member} not null, since ${t.int} not null ${t.end}`,
    // member_id: whose they were; asked_id: who decides about a leaver's.
    `create table hand_overs (id ${t.id}, kind ${t.text} not null, state ${t.text} not null, member_id ${member},
      asked_id ${member}, by_id ${member}, at ${t.int} not null, decided_at ${t.int}, reason ${t.text} ${t.end}`,
    `create unique index hand_overs_one_asked on hand_overs (member_id) where state = 'asked'`,
    // What each changed, for its history and for undo. case_*: the open case as it was.
    `create table transfers (id ${t.id}, hand_over_id ${t.int} not null references hand_overs (id),
      customer_id ${customer}, what ${t.text} not null, owner_before ${member}, to_id ${member} not null,
      case_id ${t.int} references cases (id), case_owner_before ${member}, case_handed_before ${t.int} ${t.end}`,
    `create index transfers_hand_over on transfers (hand_over_id)`,
  ]
}
