import type { Scope } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { ChurnDefinition } from '../model/churn.ts'
import { definitionFor } from '../model/churn-status.ts'
import { type ChurnRate, type CohortCounts, churnRate } from '../model/cohort.ts'
import type { Day } from '../model/day.ts'
import { ownValue } from '../model/own-value.ts'
import { type CustomerHistory, customerHistories } from '../store/churn-figures.ts'
import { textFor } from '../text/index.ts'
import { passage } from './passage.ts'
import type { Period } from './period.ts'

/** Churn figures with everything that must stand beside them: what was counted, by what, and up to when. */
export interface ChurnFigures extends ChurnRate {
  /** Name of the definition; `by-segment` when customers of different segments are judged differently. */
  readonly definition: string
  /** `scoring.definitionsVersion` of the settings. */
  readonly version: number
  /** The definitions behind the name. */
  readonly definitions: readonly ChurnDefinition[]
  /** Canonical name of the period: `2026-10`. */
  readonly period: string
  readonly from: Day
  /** The last day counted: the end of the period, or as-of when that is earlier. */
  readonly to: Day
  /** True when the period goes on after `to`. */
  readonly unfinished: boolean
  readonly asOf: Day
}

export interface ChurnQuestion {
  readonly scope: Scope
  readonly period: Period
  /** A definition for everybody; without it every segment's own. */
  readonly definition?: string
  readonly teamId?: number
}

export const BY_SEGMENT = 'by-segment'

/**
 * Churn figures of a period: the opening cohort, and what became of it. Own cycles lean on the segment's
 * `expectedGapDays` of the settings, so that a figure does not move when other customers do.
 * @throws AppError `bad-input` for an unknown definition and for a period that has not begun
 */
export async function churnFigures(ctx: Ctx, question: ChurnQuestion): Promise<ChurnFigures> {
  const { period, scope, teamId = null } = question
  const text = textFor(ctx.settings.locale).stats
  const asOf = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  if (period.from > asOf) {
    throw new AppError('bad-input', 'the period has not begun', { say: text.notBegun(period.label) })
  }
  const definitionOf = chooser(ctx, question.definition)
  const to = Math.min(period.to, asOf)
  const counts = { opening: 0, lost: 0, returned: 0, new: 0 }
  for await (const page of customerHistories(ctx, scope, { teamId, to })) {
    for (const history of page) {
      const segmentGap = gapOf(ctx, history.segment)
      add(counts, passage(definitionOf(history), { ...history, segmentGap }, period.from, to))
    }
    // The main thread serves chat: let others run between two pages.
    await ctx.clock.sleep(0)
  }
  const definitions = definitionsFor(ctx, question.definition)
  return {
    ...churnRate(counts),
    definition: definitions.length === 1 ? (definitions[0]?.name ?? BY_SEGMENT) : BY_SEGMENT,
    version: ctx.settings.scoring.definitionsVersion,
    definitions,
    period: period.label,
    from: period.from,
    to,
    unfinished: to < period.to,
    asOf,
  }
}

function add(counts: { -readonly [K in keyof CohortCounts]: number }, one: CohortCounts): void {
  counts.opening += one.opening
  counts.lost += one.lost
  counts.returned += one.returned
  counts.new += one.new
}

function chooser(ctx: Ctx, name: string | undefined): (history: CustomerHistory) => ChurnDefinition {
  if (name !== undefined) {
    const definition = namedDefinition(ctx, name)
    return () => definition
  }
  return ({ segment }) => definitionFor(ctx.settings.scoring, segment)
}

function definitionsFor(ctx: Ctx, name: string | undefined): ChurnDefinition[] {
  if (name !== undefined) return [namedDefinition(ctx, name)]
  const segments = Object.keys(ctx.settings.scoring.segments)
  const used = [...segments, 'default'].map((segment) => definitionFor(ctx.settings.scoring, segment))
  return [...new Map(used.map((definition) => [definition.name, definition])).values()]
}

function namedDefinition({ settings }: Ctx, name: string): ChurnDefinition {
  const { definitions } = settings.scoring
  const found = definitions.find((one) => one.name === name)
  if (found) return found
  const known = definitions.map((one) => one.name).join(', ')
  throw new AppError('bad-input', 'unknown churn definition', {
    say: textFor(settings.locale).stats.unknownDefinition(name, known),
  })
}

function gapOf({ settings }: Ctx, segment: string): number {
  const { segments } = settings.scoring
  return (ownValue(segments, segment) ?? segments.default)?.expectedGapDays ?? FALLBACK_GAP_DAYS
}

/** For settings without a default segment. */
const FALLBACK_GAP_DAYS = 60
