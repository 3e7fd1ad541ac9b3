import type { ColumnTypes } from '../columns.ts'

/** Learners that were trained already, by the digest of what they were trained on: a killed training goes on. */
export function learningParts(t: ColumnTypes): string[] {
  return [
    `create table learning_parts (digest ${t.text} primary key, created_at ${t.int} not null,
      model_json ${t.text} not null ${t.end}`,
  ]
}
