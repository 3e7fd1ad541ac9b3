import type { Ctx } from '../context.ts'
import { getState, setState } from './state.ts'

/** Somebody logged in to the pages: who they are on a platform, and which member that was when they came. */
export interface PageSession {
  readonly platform: string
  readonly person: string
  readonly memberId: number
  /** When it began. */
  readonly since: number
}

const SESSION = 'page.session.'
const LOGIN = 'page.login.'

/** Keeps a session under `key`, which must be a hash of what the browser has: the database opens no page. */
export async function keepSession(ctx: Ctx, key: string, session: PageSession): Promise<void> {
  await setState(ctx, SESSION + key, JSON.stringify(session))
}

export async function sessionUnder(ctx: Ctx, key: string): Promise<PageSession | null> {
  const stored = await getState(ctx, SESSION + key)
  return stored === null ? null : JSON.parse(stored)
}

export async function endSession(ctx: Ctx, key: string): Promise<void> {
  await ctx.db
    .deleteFrom('state')
    .where('name', '=', SESSION + key)
    .execute()
}

/** Marks a login as used; false when it was before. One statement: of two processes one wins. */
export async function useLogin(ctx: Ctx, key: string): Promise<boolean> {
  const row = await ctx.db
    .insertInto('state')
    .values({ name: LOGIN + key, value: '', updated_at: ctx.clock.now() })
    .onConflict((oc) => oc.column('name').doNothing())
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes sessions and used logins that began before these instants. */
export async function forgetSessions(ctx: Ctx, before: { session: number; login: number }): Promise<void> {
  for (const [prefix, instant] of [
    [SESSION, before.session],
    [LOGIN, before.login],
  ] as const) {
    await ctx.db
      .deleteFrom('state')
      .where('name', 'like', `${prefix}%`)
      .where('updated_at', '<', instant)
      .execute()
  }
}
