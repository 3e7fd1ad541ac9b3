import { UNSCOPED } from '../../access.ts'
import type { Ctx } from '../../context.ts'
import { type GoLiveReport, readReport } from '../../model/go-live.ts'
import { customerById } from '../../store/customers.ts'
import {
  activeVersion,
  latestVersions,
  type ScorerVersion,
  versionById,
} from '../../store/scorer-versions.ts'
import { liveVersion } from '../live-scorer.ts'
import { chosenScorer } from '../scorers/index.ts'

/** Versions looked through for another one to offer. */
const RECENT = 20
/** Missed customers that are named. */
const NAMED = 2

export interface GoLiveFacts {
  readonly shown:
    | (Pick<ScorerVersion, 'id' | 'kind' | 'state'> & {
        readonly usable: boolean
        readonly report: GoLiveReport | null
      })
    | null
  readonly active: ScorerVersion | null
  /** The active version speaks of another horizon than the settings, or cannot be read: the rules speak. */
  readonly idle: boolean
  readonly rules: string
  readonly missed: readonly string[]
  readonly other: number | null
}

/** How things stand now with one version, or with the newest. For administrators, who see every name. */
export async function goLiveFacts(ctx: Ctx, version?: number): Promise<GoLiveFacts> {
  const latest = await latestVersions(ctx, RECENT)
  const asked = version === undefined ? null : await versionById(ctx, version)
  const shown = asked ?? latest[0] ?? null
  const report = shown && readReport(shown.report)
  const active = await activeVersion(ctx)
  const other = latest.find(({ id, params }) => id !== shown?.id && params !== null)
  return {
    shown: shown && { ...shown, usable: shown.params !== null, report },
    active,
    idle: active !== null && (await liveVersion(ctx)) === null,
    rules: chosenScorer(ctx.settings.scoring.preset).name,
    missed: await namesOf(ctx, report?.look?.missed.worst ?? []),
    other: other?.id ?? null,
  }
}

async function namesOf(ctx: Ctx, ids: readonly number[]): Promise<string[]> {
  const names: string[] = []
  for (const id of ids.slice(0, NAMED)) {
    const customer = await customerById(ctx, UNSCOPED, id)
    if (customer) names.push(customer.name)
  }
  return names
}
