import type { Kysely } from 'kysely'
import type { Clock } from './clock.ts'
import type { Settings } from './config.ts'
import type { Schema } from './db/schema.ts'
import type { Log } from './log.ts'
import type { LanguageModel } from './model/language-model.ts'

/** What every store function, job and command gets first. Nothing is added lightly. */
export interface Ctx {
  readonly db: Kysely<Schema>
  readonly clock: Clock
  readonly log: Log
  readonly settings: Settings
  /** Only where `understand.assist` is switched on. */
  readonly languageModel?: LanguageModel
}

/**
 * Runs `work` in one write transaction and hands it a context bound to that transaction. The outer handle
 * must not be used inside: on SQLite it would wait for itself for ever. A nested call joins the outer one.
 */
export function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }))
}
