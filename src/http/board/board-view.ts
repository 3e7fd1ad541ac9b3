import type { Scope } from '../../access.ts'
import { feedProblemLine } from '../../cards/admin-notice.ts'
import { readFilter } from '../../chat/list-filter.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Day } from '../../model/day.ts'
import type { Role } from '../../model/member.ts'
import { bandTotals, regionsIn, type ScoreListFilter, scoreList } from '../../store/score-list.ts'
import { checkFreshness, scoresAreOld } from '../../sync/freshness.ts'
import type { Text } from '../../text/index.ts'
import { BOARD_PAGE_SIZE, type BoardInput } from '../pages/board-page.ts'
import { boardRows } from './board-rows.ts'
import { boardFigures } from './figures.ts'

/** Everything on the board of one reader. Figures are for those who answer for others. */
export async function listView(
  ctx: Ctx,
  { scope, today, role }: { scope: Scope; today: Day; role: Role },
  { words, offset }: { words: string; offset: number },
  text: Text,
): Promise<Pick<BoardInput, 'list' | 'problem' | 'totals' | 'insufficient' | 'stale' | 'figures'>> {
  const { filter, problem } = await filterOf(ctx, scope, words, text)
  const list = await boardRows(ctx, scope, filter, { offset, limit: BOARD_PAGE_SIZE })
  const unscored: ScoreListFilter = { bands: [], region: null, insufficient: true }
  return {
    list,
    problem,
    totals: await bandTotals(ctx, scope),
    insufficient: (await scoreList(ctx, scope, unscored, { offset: 0, limit: 1 }))?.total ?? 0,
    stale: await staleness(ctx, list?.asOf ?? null, today, text),
    figures: role === 'rep' ? null : await boardFigures(ctx, scope, today),
  }
}

/** The filter behind words; with the sentence about those that say nothing, beside the whole list. */
export async function filterOf(
  ctx: Ctx,
  scope: Scope,
  words: string,
  text: Text,
): Promise<{ filter: ScoreListFilter; problem: string | null }> {
  const regions = await regionsIn(ctx, scope)
  try {
    return { filter: readFilter(words, regions, text), problem: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.say === undefined) throw error
    return { filter: readFilter('', regions, text), problem: error.say }
  }
}

async function staleness(ctx: Ctx, asOf: Day | null, today: Day, text: Text): Promise<string[]> {
  const { problems } = await checkFreshness(ctx)
  const old = asOf !== null && scoresAreOld(ctx, asOf, today)
  return [
    ...problems.map((one) => feedProblemLine(one, text)),
    ...(old ? [text.push.staleScores.line(text.common.day(asOf))] : []),
  ]
}
