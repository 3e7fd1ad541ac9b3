import type { ColumnTypes } from '../columns.ts'

/** WeChat contacts between members and customers, their events that wait for a sync, and what WeCom counts a day. */
export function wecomContacts(t: ColumnTypes): string[] {
  return [
    `create table wecom_relations (customer_key ${t.text} not null, person ${t.text} not null,
      name ${t.text} not null default '', remark ${t.text} not null default '',
      company ${t.text} not null default '', tags ${t.text} not null default '', phone ${t.text},
      since_at ${t.int} not null default 0, add_way ${t.int}, seen_at ${t.int}, changed_at ${t.int} not null default 0,
      lost_by ${t.text} check (lost_by in ('customer', 'member', 'handover', 'list')), lost_note ${t.text},
      primary key (customer_key, person) ${t.end}`,
    `create index wecom_relations_person on wecom_relations (person)`,
    `create table wecom_waiting (event_key ${t.text} primary key, customer_key ${t.text} not null,
      kind ${t.text} not null, at ${t.int} not null, note ${t.text} not null ${t.end}`,
    `create table wecom_behaviour (person ${t.text} not null, day ${t.int} not null, chats ${t.int},
      messages ${t.int}, reply_percent ${t.real}, reply_minutes ${t.real}, negative ${t.int},
      primary key (person, day) ${t.end}`,
  ]
}
