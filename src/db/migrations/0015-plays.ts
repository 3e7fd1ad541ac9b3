import type { ColumnTypes } from '../columns.ts'

/** The plays customers were worked with, word by word as they stood then, and what two scripts of a trial said. */
export function plays(t: ColumnTypes): string[] {
  return [
    // Each wording once, under the hash of it.
    `create table play_texts (digest ${t.text} primary key, play_json ${t.text} not null ${t.end}`,
    // case_id null: to win back a customer that was lost. follow_up_id: what was told in it led to the play; when that is
    // taken back so is the play. shown_on: from then on what happens counts; starts_on: day 0 of its steps.
    `create table customer_plays (id ${t.id}, customer_id ${t.int} not null references customers (id),
      case_id ${t.int} references cases (id), follow_up_id ${t.int} references follow_ups (id), cause ${t.text} not null,
      play ${t.text} not null, variant ${t.text} check (variant in ('a', 'b')),
      text_digest ${t.text} not null references play_texts (digest), shown_on ${t.int} not null,
      starts_on ${t.int} not null ${t.end}`,
    `create index customer_plays_customer on customer_plays (customer_id)`,
    `create index customer_plays_case on customer_plays (case_id)`,
    `create index customer_plays_follow_up on customer_plays (follow_up_id)`,
    // Of a trial of scripts: the hash of both wordings. Another wording is another trial.
    `alter table experiments add column wording ${t.text}`,
  ]
}
