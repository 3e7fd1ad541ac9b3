import type { ColumnTypes } from '../columns.ts'

/** What keeps pushes few: quiet signals, held group dips, events of competitors, and what people wish to see. */
export function noise(t: ColumnTypes): string[] {
  const member = `${t.int} references members (id)`
  return [
    // window_from: only alerts decided since this instant count. changed_by null: the bot itself.
    `create table signal_states (signal ${t.text} primary key, state ${t.text} not null, window_from ${t.int} not null,
      changed_at ${t.int} not null, changed_by ${member} ${t.end}`,
    // One for each team that is told (null: the administrators). size, expected: of the whole group;
    // customers_json: ids of the team's customers that wait until the day until_on.
    `create table group_dips (id ${t.id}, day ${t.int} not null, kind ${t.text} not null, name ${t.text} not null,
      team_id ${t.int} references teams (id), size ${t.int} not null, expected ${t.real} not null, p ${t.real} not null,
      customers_json ${t.text} not null, state ${t.text} not null, until_on ${t.int} not null,
      decided_at ${t.int}, decided_by ${member} ${t.end}`,
    `create unique index group_dips_once on group_dips (day, kind, name, coalesce(team_id, 0))`,
    `create index group_dips_until on group_dips (until_on)`,
    // On the days from_on up to and including to_on; region null: everywhere.
    `create table competitor_events (id ${t.id}, name ${t.text} not null, from_on ${t.int} not null,
      to_on ${t.int} not null, region ${t.text}, created_at ${t.int} not null, created_by ${member} not null,
      removed_at ${t.int} ${t.end}`,
    // subject: 'member' or 'team'. per_day null: the company's budget.
    `create table push_wishes (subject ${t.text} not null, subject_id ${t.int} not null, high_value ${t.int} not null,
      per_day ${t.int}, set_at ${t.int} not null, set_by ${member} not null,
      primary key (subject, subject_id) ${t.end}`,
  ]
}
