import type { Scope } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { type Band, bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { type BandMove, bandMoves, type Standing } from '../store/score-movement.ts'
import type { Period } from './period.ts'

/** Customers at risk at the beginning, what moved, and at the end: opening + entered − recovered − lost = closing. */
export interface MovementCounts {
  readonly opening: number
  /** 新增: not at risk at the beginning (or not known), at risk at the end. */
  readonly entered: number
  /** 恶化: at risk at both ends, in a worse band at the end. Part of those that stayed. */
  readonly worsened: number
  /** 恢复: at risk at the beginning, calm at the end. */
  readonly recovered: number
  /** 流失: at risk at the beginning, lost at the end. */
  readonly lost: number
  readonly closing: number
}

export interface Movement extends MovementCounts {
  /** The same by team; null for customers without an owner in a team. Sums to the whole. */
  readonly teams: readonly (MovementCounts & { readonly teamId: number | null })[]
  readonly from: Day
  readonly to: Day
}

const NOTHING: MovementCounts = { opening: 0, entered: 0, worsened: 0, recovered: 0, lost: 0, closing: 0 }

/**
 * How the at-risk customers in scope moved within a period: those in a band from `push.minBand` up that are not
 * lost. A customer counts for the team of its owner of today, at both ends, so that every team adds up.
 */
export async function movement(ctx: Ctx, scope: Scope, period: Period): Promise<Movement> {
  const to = Math.min(period.to, calendarFor(ctx.settings).dayOf(ctx.clock.now()))
  const moves = await bandMoves(ctx, scope, period.from - 1, to)
  const least = ctx.settings.push.minBand
  const byTeam = new Map<number | null, MovementCounts>()
  for (const move of moves)
    byTeam.set(move.teamId, plus(byTeam.get(move.teamId) ?? NOTHING, movementOf(move, least)))
  const teams = [...byTeam].map(([teamId, counts]) => ({ teamId, ...counts }))
  return {
    ...teams.reduce<MovementCounts>(plus, NOTHING),
    teams: teams.sort((a, b) => (a.teamId ?? Infinity) - (b.teamId ?? Infinity)),
    from: period.from,
    to,
  }
}

/** One customer's part. */
export function movementOf({ before, after }: BandMove, least: Band): MovementCounts {
  const [was, is] = [atRisk(before, least), atRisk(after, least)]
  const gone = was && !is
  const worse = was && is && before && after && bandRank(after.band) > bandRank(before.band)
  return {
    opening: Number(was),
    entered: Number(!was && is),
    worsened: Number(worse),
    recovered: Number(gone && after?.churned !== true),
    lost: Number(gone && after?.churned === true),
    closing: Number(is),
  }
}

function atRisk(standing: Standing | null, least: Band): boolean {
  return standing !== null && !standing.churned && bandRank(standing.band) >= bandRank(least)
}

function plus(a: MovementCounts, b: MovementCounts): MovementCounts {
  return {
    opening: a.opening + b.opening,
    entered: a.entered + b.entered,
    worsened: a.worsened + b.worsened,
    recovered: a.recovered + b.recovered,
    lost: a.lost + b.lost,
    closing: a.closing + b.closing,
  }
}
