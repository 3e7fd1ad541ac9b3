import type { ColumnTypes } from '../columns.ts'

/** Experiments and who was assigned to which arm, written before anything is sent. */
export function experiments(t: ColumnTypes): string[] {
  return [
    // What was laid down stays: a change of any of it ends the experiment and starts another.
    `create table experiments (id ${t.id}, name ${t.text} not null, seed ${t.int} not null, share ${t.real} not null,
      exclude_top ${t.int} not null, delay_days ${t.int} not null, window_days ${t.int} not null,
      baseline ${t.real} not null, min_effect ${t.real} not null, power ${t.real} not null,
      started_at ${t.int} not null, started_by ${t.int} references members (id), ended_at ${t.int} ${t.end}`,
    `create unique index experiments_one_running on experiments (name) where ended_at is null`,
    // day: the alert's, and with the customer the name of the episode. A place of a stratum is given away once.
    `create table assignments (id ${t.id}, experiment_id ${t.int} not null references experiments (id),
      customer_id ${t.int} not null references customers (id), day ${t.int} not null, stratum ${t.text} not null,
      place ${t.int} not null, arm ${t.text} not null check (arm in ('treated', 'control')),
      assigned_at ${t.int} not null, unique (experiment_id, stratum, place),
      unique (experiment_id, customer_id, day) ${t.end}`,
  ]
}
