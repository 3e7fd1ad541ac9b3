import type { ColumnTypes } from '../columns.ts'

/** What was read in a follow-up: whether somebody was reached, the cause named, the mood, and an amount told (分). */
export function followUpReading(t: ColumnTypes): string[] {
  return [
    `alter table follow_ups add column reached ${t.int}`,
    `alter table follow_ups add column reason ${t.text}`,
    `alter table follow_ups add column sentiment ${t.text}`,
    // What the rep was told; orders come from the sources alone.
    `alter table follow_ups add column amount ${t.int}`,
  ]
}
