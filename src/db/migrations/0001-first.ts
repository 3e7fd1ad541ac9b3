import type { ColumnTypes } from '../columns.ts'

/** The first schema. Statements run in order inside one transaction; migrations are only ever appended. */
export function first(t: ColumnTypes): string[] {
  return [...people(t), ...facts(t), ...imports(t), ...scores(t), ...work(t), ...messages(t), ...system(t)]
}

function people(t: ColumnTypes): string[] {
  return [
    `create table teams (id ${t.id}, name ${t.text} not null unique, region ${t.text} ${t.end}`,
    `create table members (id ${t.id}, source ${t.text} not null, source_key ${t.text} not null, name ${t.text} not null,
      role ${t.text} not null check (role in ('rep', 'lead', 'admin')), team_id ${t.int} references teams (id),
      region ${t.text}, active ${t.int} not null default 1, unique (source, source_key) ${t.end}`,
    `create table identities (platform ${t.text} not null, person ${t.text} not null,
      member_id ${t.int} not null references members (id), bound_at ${t.int} not null,
      primary key (platform, person) ${t.end}`,
  ]
}

function facts(t: ColumnTypes): string[] {
  return [
    // Key first: events look customers up by key across sources.
    `create table customers (id ${t.id}, source ${t.text} not null, source_key ${t.text} not null, name ${t.text} not null,
      short_name ${t.text}, owner_id ${t.int} references members (id), segment ${t.text} not null default 'default',
      region ${t.text}, industry ${t.text}, phone ${t.text}, since_on ${t.int}, renewal_on ${t.int}, tags ${t.text},
      unique (source_key, source) ${t.end}`,
    `create index customers_owner on customers (owner_id)`,
    `create table contacts (id ${t.id}, source ${t.text} not null, source_key ${t.text} not null,
      customer_id ${t.int} not null references customers (id), name ${t.text} not null, role ${t.text} not null default 'user',
      title ${t.text}, phone ${t.text}, from_on ${t.int}, left_on ${t.int}, unique (source, source_key) ${t.end}`,
    `create index contacts_customer on contacts (customer_id)`,
    // day = business day of at, stored so that set-based SQL never needs the time zone.
    `create table events (id ${t.id}, source ${t.text} not null, source_key ${t.text} not null,
      customer_id ${t.int} not null references customers (id), kind ${t.text} not null, at ${t.int} not null,
      day ${t.int} not null, amount ${t.int}, quantity ${t.real}, channel ${t.text}, text ${t.text}, note ${t.text},
      unique (source, source_key) ${t.end}`,
    `create index events_customer on events (customer_id, day)`,
    `create table surveys (id ${t.id}, source ${t.text} not null, source_key ${t.text} not null,
      customer_id ${t.int} not null references customers (id), contact ${t.text},
      kind ${t.text} not null check (kind in ('nps', 'csat')), at ${t.int} not null, day ${t.int} not null,
      score ${t.real} not null, text ${t.text}, unique (source, source_key) ${t.end}`,
    `create index surveys_customer on surveys (customer_id, day)`,
  ]
}

function imports(t: ColumnTypes): string[] {
  return [
    `create table import_runs (id ${t.id}, source ${t.text} not null, entity ${t.text} not null, file ${t.text} not null,
      file_digest ${t.text}, state ${t.text} not null, started_at ${t.int} not null, finished_at ${t.int},
      read ${t.int} not null default 0, added ${t.int} not null default 0, changed ${t.int} not null default 0,
      unchanged ${t.int} not null default 0, rejected ${t.int} not null default 0, alive_at ${t.int} not null,
      latest_at ${t.int}, error ${t.text} ${t.end}`,
    `create index import_runs_feed on import_runs (source, entity, started_at)`,
    `create table import_rejects (id ${t.id}, run_id ${t.int} not null references import_runs (id), line ${t.int} not null,
      field ${t.text} not null, value ${t.text} not null, expected ${t.text} not null, row_text ${t.text} not null ${t.end}`,
    `create index import_rejects_run on import_rejects (run_id)`,
    `create table import_seen (run_id ${t.int} not null, key ${t.text} not null, fingerprint ${t.text} not null,
      line ${t.int} not null, times ${t.int} not null, primary key (run_id, key) ${t.end}`,
  ]
}

function scores(t: ColumnTypes): string[] {
  return [
    // cursor = last customer id written, so that an interrupted run goes on.
    `create table score_runs (id ${t.id}, as_of ${t.int} not null, state ${t.text} not null, scorer ${t.text} not null,
      settings_digest ${t.text} not null, params_json ${t.text} not null, started_at ${t.int} not null,
      finished_at ${t.int}, customers ${t.int} not null default 0, scored ${t.int} not null default 0,
      insufficient ${t.int} not null default 0, counts_json ${t.text} not null default '{}',
      cursor ${t.int} not null default 0, latest_event_at ${t.int} ${t.end}`,
    `create table scores (customer_id ${t.int} primary key references customers (id),
      run_id ${t.int} not null references score_runs (id), as_of ${t.int} not null, risk ${t.real},
      band ${t.text} not null, band_since ${t.int} not null, tier ${t.text} not null, stage ${t.text} not null,
      stage_since ${t.int} not null, rfm_segment ${t.text} not null, r ${t.int}, f ${t.int}, m ${t.int},
      points ${t.int} not null, value_12m ${t.int} not null, priority ${t.real} not null,
      churned ${t.int} not null, evidence_json ${t.text} not null ${t.end}`,
    `create table score_changes (id ${t.id}, customer_id ${t.int} not null references customers (id),
      run_id ${t.int} not null references score_runs (id), as_of ${t.int} not null, field ${t.text} not null,
      before ${t.text}, after ${t.text} not null, unique (customer_id, run_id, field) ${t.end}`,
  ]
}

function work(t: ColumnTypes): string[] {
  return [
    // causes = signal ids, sorted and joined by comma: a case is open once per customer and cause set.
    `create table cases (id ${t.id}, customer_id ${t.int} not null references customers (id),
      owner_id ${t.int} not null references members (id), lane ${t.text} not null, state ${t.text} not null,
      causes ${t.text} not null, score_run_id ${t.int} references score_runs (id), risk ${t.real}, band ${t.text} not null,
      opened_at ${t.int} not null, opened_on ${t.int} not null, due_at ${t.int} not null, closed_at ${t.int},
      reason ${t.text}, snoozed_until ${t.int}, last_pushed_on ${t.int}, last_pushed_band ${t.text}, next_on ${t.int},
      why_json ${t.text} not null, event_id ${t.int} references events (id),
      revision ${t.int} not null default 0 ${t.end}`,
    `create unique index cases_one_open on cases (customer_id) where closed_at is null`,
    `create index cases_owner on cases (owner_id, closed_at)`,
    `create table case_log (id ${t.id}, case_id ${t.int} not null references cases (id), at ${t.int} not null,
      member_id ${t.int} references members (id), action ${t.text} not null, detail ${t.text} ${t.end}`,
    `create index case_log_case on case_log (case_id)`,
    `create table follow_ups (id ${t.id}, customer_id ${t.int} not null references customers (id),
      case_id ${t.int} references cases (id), member_id ${t.int} not null references members (id), at ${t.int} not null,
      day ${t.int} not null, channel ${t.text}, outcome ${t.text}, effective ${t.int} not null, note ${t.text} not null,
      next_on ${t.int}, inbound_key ${t.text} not null unique, undone_at ${t.int} ${t.end}`,
    `create index follow_ups_customer on follow_ups (customer_id, day)`,
    `create index follow_ups_member on follow_ups (member_id, day)`,
    `create table audit (id ${t.id}, at ${t.int} not null, member_id ${t.int} references members (id),
      action ${t.text} not null, subject ${t.text} not null, detail ${t.text} ${t.end}`,
  ]
}

function messages(t: ColumnTypes): string[] {
  return [
    `create table outbox (id ${t.text} primary key, platform ${t.text} not null, kind ${t.text} not null,
      target_json ${t.text} not null, address ${t.text} not null, card_json ${t.text} not null, lane ${t.text} not null,
      state ${t.text} not null, attempts ${t.int} not null default 0, not_before ${t.int} not null, lease_until ${t.int},
      created_at ${t.int} not null, sent_at ${t.int}, receipt ${t.text}, error ${t.text},
      case_id ${t.int} references cases (id), score_run_id ${t.int} references score_runs (id),
      seq ${t.int} not null ${t.end}`,
    `create index outbox_due on outbox (state, not_before)`,
    `create index outbox_order on outbox (seq)`,
    `create index outbox_waiting on outbox (state, address, lane)`,
    `create index outbox_case on outbox (case_id)`,
    `create table inbox (seq ${t.id}, platform ${t.text} not null, event_id ${t.text} not null, received_at ${t.int} not null,
      event_json ${t.text} not null, state ${t.text} not null, attempts ${t.int} not null default 0, done_at ${t.int},
      error ${t.text}, unique (platform, event_id) ${t.end}`,
    `create index inbox_new on inbox (state, seq)`,
    `create table dialogs (platform ${t.text} not null, person ${t.text} not null, chat ${t.text} not null,
      dialog_json ${t.text} not null, expires_at ${t.int} not null, primary key (platform, person, chat) ${t.end}`,
    `create table chats (platform ${t.text} not null, chat ${t.text} not null, title ${t.text},
      team_id ${t.int} references teams (id), primary key (platform, chat) ${t.end}`,
    `create table playground_messages (id ${t.id}, chat ${t.text} not null, sender ${t.text} not null, at ${t.int} not null,
      message_key ${t.text} not null unique, body_json ${t.text} not null, revision ${t.int} not null unique ${t.end}`,
    `create index playground_messages_chat on playground_messages (chat, id)`,
  ]
}

function system(t: ColumnTypes): string[] {
  return [
    `create table job_runs (job ${t.text} not null, slot ${t.int} not null, state ${t.text} not null,
      attempts ${t.int} not null, lease_until ${t.int} not null, started_at ${t.int} not null, finished_at ${t.int},
      counts_json ${t.text}, error ${t.text}, primary key (job, slot) ${t.end}`,
    `create table state (name ${t.text} primary key, value ${t.text} not null, updated_at ${t.int} not null ${t.end}`,
  ]
}
