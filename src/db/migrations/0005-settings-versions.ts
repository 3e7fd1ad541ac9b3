import type { ColumnTypes } from '../columns.ts'

/** Settings saved in chat over those of the file: every version is kept, one is in force at most. */
export function settingsVersions(t: ColumnTypes): string[] {
  return [
    // sets_json: all replaced values (path → value), not only what this version changed. base_id: the version in
    // force when it was drafted; null = the file's own.
    `create table settings_versions (id ${t.id}, created_at ${t.int} not null,
      created_by ${t.int} not null references members (id), base_id ${t.int} references settings_versions (id),
      state ${t.text} not null
        check (state in ('asked', 'previewed', 'failed', 'active', 'dropped', 'retired')),
      sets_json ${t.text} not null, preview_json ${t.text}, decided_at ${t.int},
      decided_by ${t.int} references members (id) ${t.end}`,
    `create unique index settings_versions_one_active on settings_versions (state) where state = 'active'`,
  ]
}
