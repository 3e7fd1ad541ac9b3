import { z } from 'zod'
import { type Ctx, inTransaction } from '../../context.ts'
import type { SettingSets } from '../../model/preview.ts'
import { addAudit, addUndo, type Undoable } from '../../store/audit.ts'
import { activeSettings, addDraft, moveSettings, settingsVersion } from '../../store/settings-versions.ts'
import { setState } from '../../store/state.ts'

/** What an administrator decides; `restore` brings back what was in force before. */
export type SettingsDecision =
  | { readonly kind: 'save' | 'drop'; readonly version: number }
  | { readonly kind: 'restore'; readonly version: number }

/** Audit actions that `undoSettings` takes back. */
export const SETTINGS_ACTIONS: readonly string[] = ['settings.save', 'settings.restore']

const Detail = z.object({ now: z.number().nullable(), before: z.number().nullable() })

/**
 * Carries out a decision with its audit row. Only a draft whose preview was seen is saved, and only over what it was
 * previewed against. False when it changes nothing (any more).
 */
export function decideSettings(ctx: Ctx, decision: SettingsDecision, memberId: number): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await oneAtATime(ctx)
    const before = (await activeSettings(ctx))?.id ?? null
    const { kind, version } = decision
    if (kind === 'drop')
      return moveSettings(ctx, version, { from: ['asked', 'previewed'], to: 'dropped', memberId })
    const one = await settingsVersion(ctx, version)
    if (!one) return false
    if (kind === 'save') {
      if (one.state !== 'previewed' || one.baseId !== before) return false
      await replace(ctx, before, version, memberId)
      return audited(ctx, memberId, 'settings.save', version, before)
    }
    if (one.id !== before) return false
    await replace(ctx, before, one.baseId, memberId)
    return audited(ctx, memberId, 'settings.restore', one.baseId, before)
  })
}

/**
 * Saves what needs no preview over what is in force, with its audit row. False when something else was saved since
 * `base` (the version in force when it was asked for; null: the file). The values must have passed `draftSettings`.
 */
export function saveSettings(
  ctx: Ctx,
  { base, sets }: { readonly base: number | null; readonly sets: SettingSets },
  memberId: number,
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await oneAtATime(ctx)
    const active = await activeSettings(ctx)
    const before = active?.id ?? null
    if (before !== base) return false
    const version = await addDraft(ctx, { memberId, baseId: before, sets: { ...active?.sets, ...sets } })
    await replace(ctx, before, version, memberId)
    return audited(ctx, memberId, 'settings.save', version, before)
  })
}

/** Takes a decision back; false when something else was decided since. */
export function undoSettings(ctx: Ctx, memberId: number, decision: Undoable): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await oneAtATime(ctx)
    const { now, before } = Detail.parse(decision.detail)
    if (((await activeSettings(ctx))?.id ?? null) !== now) return false
    await replace(ctx, now, before, memberId)
    await addUndo(ctx, memberId, decision)
    return true
  })
}

/** Two administrators at once: the second one waits here and then sees what the first one decided. */
async function oneAtATime(ctx: Ctx): Promise<void> {
  await setState(ctx, 'settings.decided', String(ctx.clock.now()))
}

async function replace(ctx: Ctx, out: number | null, into: number | null, memberId: number): Promise<void> {
  if (out !== null) await moveSettings(ctx, out, { from: ['active'], to: 'retired', memberId })
  const from = ['asked', 'previewed', 'retired'] as const
  if (into !== null) await moveSettings(ctx, into, { from, to: 'active', memberId })
}

async function audited(
  ctx: Ctx,
  memberId: number,
  action: string,
  now: number | null,
  before: number | null,
): Promise<true> {
  const detail: z.infer<typeof Detail> = { now, before }
  await addAudit(ctx, { memberId, action, subject: `settings-version:${now ?? 0}`, detail })
  return true
}
