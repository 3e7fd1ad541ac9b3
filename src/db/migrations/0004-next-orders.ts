import type { ColumnTypes } from '../columns.ts'

/** When the next order is expected, and that a rep was told of it: once per cycle. */
export function nextOrders(t: ColumnTypes): string[] {
  return [
    // All null for a customer whose orders have no rhythm. next_order_after: the last order the cycle counts from.
    ...['after', 'from', 'due', 'until', 'every'].map(
      (name) => `alter table scores add column next_order_${name} ${t.int}`,
    ),
    `create table order_prompts (customer_id ${t.int} primary key references customers (id),
      after_on ${t.int} not null, prompted_on ${t.int} not null,
      member_id ${t.int} not null references members (id) ${t.end}`,
  ]
}
