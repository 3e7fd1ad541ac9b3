import type { ColumnTypes } from '../columns.ts'

/** What the follow-up rate, put-off reasons and relapses need of a case. */
export function caseSla(t: ColumnTypes): string[] {
  return [
    // The time to follow up as it was set first: promises and put-offs move due_at, never this.
    `alter table cases add column sla_due_at ${t.int}`,
    `update cases set sla_due_at = due_at`,
    `alter table cases add column snooze_reason ${t.text}`,
    // The case of the same customer that ended before this one was opened.
    `alter table cases add column earlier_id ${t.int} references cases (id)`,
    `create index cases_opened_on on cases (opened_on)`,
  ]
}
