import { z } from 'zod'
import type { Ctx } from '../context.ts'
import type { SettingSets } from '../model/preview.ts'

export type SettingsState = 'asked' | 'previewed' | 'failed' | 'active' | 'dropped' | 'retired'

/** One version of the settings that were changed in chat, from draft to out of force. */
export interface SettingsVersion {
  readonly id: number
  readonly createdAt: number
  readonly createdBy: number
  /** The version in force when it was drafted; null: the file's own settings. */
  readonly baseId: number | null
  readonly state: SettingsState
  /** Everything it replaces, not only what it changed. */
  readonly sets: SettingSets
  /** JSON of its preview; null until that is made. */
  readonly preview: string | null
  readonly decidedAt: number | null
}

/** A new draft; an older one that nobody saved is dropped by it. In a transaction. */
export async function addDraft(
  ctx: Ctx,
  draft: { readonly memberId: number; readonly baseId: number | null; readonly sets: SettingSets },
): Promise<number> {
  await ctx.db
    .updateTable('settings_versions')
    .set({ state: 'dropped', decided_at: ctx.clock.now() })
    .where('state', 'in', ['asked', 'previewed'])
    .execute()
  const row = await ctx.db
    .insertInto('settings_versions')
    .values({
      created_at: ctx.clock.now(),
      created_by: draft.memberId,
      base_id: draft.baseId,
      state: 'asked',
      sets_json: JSON.stringify(draft.sets),
      preview_json: null,
      decided_at: null,
      decided_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** The settings in force over those of the file; null when there are none. */
export async function activeSettings(ctx: Ctx): Promise<SettingsVersion | null> {
  const row = await versions(ctx).where('state', '=', 'active').executeTakeFirst()
  return row ? asVersion(row) : null
}

export async function settingsVersion(ctx: Ctx, id: number): Promise<SettingsVersion | null> {
  const row = await versions(ctx).where('id', '=', id).executeTakeFirst()
  return row ? asVersion(row) : null
}

/** The draft that waits for its preview. */
export async function askedDraft(ctx: Ctx): Promise<SettingsVersion | null> {
  const row = await versions(ctx).where('state', '=', 'asked').orderBy('id').executeTakeFirst()
  return row ? asVersion(row) : null
}

/** The answer to a draft; false when it was dropped meanwhile. */
export async function storePreview(
  ctx: Ctx,
  id: number,
  answer: { readonly state: 'previewed' | 'failed'; readonly preview: string | null },
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('settings_versions')
    .set({ state: answer.state, preview_json: answer.preview })
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Moves a version from one state to another; false when it is not in the first one any more. */
export async function moveSettings(
  ctx: Ctx,
  id: number,
  move: { readonly from: readonly SettingsState[]; readonly to: SettingsState; readonly memberId: number },
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('settings_versions')
    .set({ state: move.to, decided_at: ctx.clock.now(), decided_by: move.memberId })
    .where('id', '=', id)
    .where('state', 'in', [...move.from])
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

const Sets = z.record(z.string(), z.json())

function versions(ctx: Ctx) {
  return ctx.db.selectFrom('settings_versions').selectAll()
}

type Row = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>

function asVersion(row: Row): SettingsVersion {
  return {
    id: Number(row.id),
    createdAt: Number(row.created_at),
    createdBy: Number(row.created_by),
    baseId: row.base_id === null ? null : Number(row.base_id),
    state: row.state,
    sets: Sets.parse(JSON.parse(row.sets_json)),
    preview: row.preview_json,
    decidedAt: row.decided_at === null ? null : Number(row.decided_at),
  }
}
