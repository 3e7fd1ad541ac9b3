import type { ColumnTypes } from '../columns.ts'

/** Versions of the scorer: proposed by a back-test, accepted or refused by an administrator, never changed. */
export function brain(t: ColumnTypes): string[] {
  return [
    // params_json: what the scorer needs to score again (null where the rules stay); report_json: the back-test.
    `create table scorer_versions (id ${t.id}, created_at ${t.int} not null, as_of ${t.int} not null,
      kind ${t.text} not null, state ${t.text} not null
        check (state in ('proposed', 'active', 'refused', 'retired', 'withdrawn', 'rules-stay')),
      params_json ${t.text}, report_json ${t.text} not null, decided_at ${t.int},
      decided_by ${t.int} references members (id) ${t.end}`,
    `create unique index scorer_versions_one_active on scorer_versions (state) where state = 'active'`,
  ]
}
