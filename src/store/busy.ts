import { AppError } from '../errors.ts'

/** SQLite's lock codes; PostgreSQL's serialization failure, deadlock and lock timeout. */
const BUSY_CODE = /^(?:SQLITE_BUSY|SQLITE_LOCKED|40001|40P01|55P03)/

/** A database error that goes away by itself becomes `busy`; anything else stays what it is. */
export function asBusy(error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (typeof code !== 'string' || !BUSY_CODE.test(code)) return error
  return new AppError('busy', 'the database is locked', { cause: error })
}
