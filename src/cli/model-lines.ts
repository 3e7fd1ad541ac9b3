import { cardLines } from '../cards/fit-card.ts'
import { goLiveCard } from '../cards/go-live.ts'
import { isoFromDay } from '../model/day.ts'
import { readReport } from '../model/go-live.ts'
import { goLiveFacts } from '../scoring/propose/go-live-facts.ts'
import { latestVersions, type ScorerVersion } from '../store/scorer-versions.ts'
import type { CliCtx } from './run.ts'

/** Versions that are listed, newest first. */
const LISTED = 20

/** What stands, for scripts. */
export async function modelJson(cli: CliCtx): Promise<Record<string, unknown>> {
  const versions = await latestVersions(cli, LISTED)
  const { active, idle, rules } = await goLiveFacts(cli)
  const proposed = versions.find(({ state }) => state === 'proposed')
  return {
    scorer: active && !idle ? active.kind : rules,
    active: active?.id ?? null,
    proposed: proposed?.id ?? null,
    versions: versions.map(asJson),
  }
}

function asJson(version: ScorerVersion): unknown {
  const { id, kind, state, decidedBy } = version
  const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
  const report = readReport(version.report)
  return {
    id,
    asOf: isoFromDay(version.asOf),
    kind,
    state,
    createdAt: instant(version.createdAt),
    decidedAt: instant(version.decidedAt),
    decidedBy,
    report: report && {
      ...report,
      asOf: isoFromDay(report.asOf),
      testAsOf: report.testAsOf === null ? null : isoFromDay(report.testAsOf),
      look: report.look && { ...report.look, asOf: isoFromDay(report.look.asOf) },
    },
  }
}

/** The same for people: the newest report, then the versions. */
export async function modelLines(cli: CliCtx): Promise<string[]> {
  const { model } = cli.text
  const versions = await latestVersions(cli, LISTED)
  const facts = await goLiveFacts(cli)
  if (!facts.shown) return [model.cli.head(model.scorer(facts.rules)), model.cli.noVersions]
  return [
    ...cardLines(goLiveCard(facts, cli.text)),
    '',
    ...versions.map(({ id, asOf, kind, state }) =>
      model.cli.line(id, isoFromDay(asOf), model.scorer(kind), model.states[state]),
    ),
  ]
}
