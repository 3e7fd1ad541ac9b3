import { z } from 'zod'
import { type Ctx, inTransaction } from '../../context.ts'
import { addAudit, addUndo, type Undoable } from '../../store/audit.ts'
import {
  activateVersion,
  activeVersion,
  latestVersions,
  refuseVersion,
  restoreState,
  retireActive,
  type VersionState,
  versionById,
} from '../../store/scorer-versions.ts'
import { setState } from '../../store/state.ts'

/** What a person may decide about versions of the scorer. */
export type Decision =
  | { readonly kind: 'accept' | 'refuse'; readonly version: number }
  | { readonly kind: 'rules' }

/** Audit actions that `undoDecision` takes back. */
export const DECISION_ACTIONS: readonly string[] = ['model.accept', 'model.refuse', 'model.rules']

const Detail = z.object({
  version: z.number().nullable(),
  /** State of the version before, and the version that was in use. */
  was: z.enum(['proposed', 'refused', 'retired', 'withdrawn']).nullable(),
  before: z.number().nullable(),
  /** Who decided where it was no member. */
  by: z.literal('command line').optional(),
})

/**
 * Carries out a decision with its audit row; nothing else ever changes which scorer is used, and the next scoring run
 * uses what stands then. False when it changes nothing: it was made already, or there is no such choice any more.
 */
export function decide(ctx: Ctx, decision: Decision, memberId: number | null): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await oneAtATime(ctx)
    const id = decision.kind === 'rules' ? null : decision.version
    const version = id === null ? null : await versionById(ctx, id)
    const before = await activeVersion(ctx)
    if (!(await carryOut(ctx, decision, memberId))) return false
    const was =
      version && (version.state === 'active' || version.state === 'rules-stay' ? null : version.state)
    await addAudit(ctx, {
      memberId,
      action: `model.${decision.kind}`,
      subject: `scorer-version:${id ?? before?.id ?? 0}`,
      detail: {
        version: id,
        was,
        before: before?.id ?? null,
        ...(memberId === null && { by: 'command line' as const }),
      } satisfies z.infer<typeof Detail>,
    })
    return true
  })
}

/** Two administrators at once: the second one waits here and then sees what the first one decided. */
async function oneAtATime(ctx: Ctx): Promise<void> {
  await setState(ctx, 'model.decided', String(ctx.clock.now()))
}

function carryOut(ctx: Ctx, decision: Decision, memberId: number | null): Promise<boolean> {
  switch (decision.kind) {
    case 'accept':
      return activateVersion(ctx, decision.version, memberId)
    case 'refuse':
      return refuseVersion(ctx, decision.version, memberId)
    case 'rules':
      return retireActive(ctx)
  }
}

/** Takes a decision back; false when something else was decided since. */
export function undoDecision(ctx: Ctx, memberId: number, decision: Undoable): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await oneAtATime(ctx)
    const { version: id, was, before } = Detail.parse(decision.detail)
    const accepted = decision.action === 'model.accept' ? id : null
    const expected = decision.action === 'model.refuse' ? before : accepted
    if (((await activeVersion(ctx))?.id ?? null) !== expected) return false
    const version = id === null ? null : await versionById(ctx, id)
    if (decision.action === 'model.refuse' && version?.state !== 'refused') return false
    if (decision.action !== 'model.refuse') await retireActive(ctx)
    if (version && was) await restoreState(ctx, version.id, await stillOpen(ctx, version.id, was))
    if (before !== null && decision.action !== 'model.refuse') await restoreState(ctx, before, 'active')
    await addUndo(ctx, memberId, decision)
    return true
  })
}

/** A proposal that a newer evaluation has replaced is none any more. */
async function stillOpen(ctx: Ctx, id: number, was: Exclude<VersionState, 'active' | 'rules-stay'>) {
  const [latest] = await latestVersions(ctx, 1)
  return was === 'proposed' && latest?.id !== id ? 'withdrawn' : was
}
