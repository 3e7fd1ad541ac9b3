import type { Scope } from '../../access.ts'
import type { Ctx } from '../../context.ts'
import { csvLine } from '../../csv.ts'
import { AppError } from '../../errors.ts'
import { isoFromDay } from '../../model/day.ts'
import type { Text } from '../../text/index.ts'
import { whyLine } from '../pages/board-page.ts'
import { type BoardRow, boardRows } from './board-rows.ts'
import { filterOf } from './board-view.ts'

/** Rows read at once: memory holds one page of a company of any size. */
const PAGE = 2000
/** Excel takes a file for GBK unless this stands first. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * The list of the board as CSV: the rows of page and chat, in their order, all of them.
 * @throws AppError `bad-input` for filter words that say nothing: a whole list is not what was asked for
 */
export async function boardCsv(
  ctx: Ctx,
  scope: Scope,
  words: string,
  text: Text,
): Promise<AsyncIterable<string>> {
  const { filter, problem } = await filterOf(ctx, scope, words, text)
  if (problem !== null) throw new AppError('bad-input', 'unknown filter word', { say: problem })
  const { columns } = text.board
  return (async function* () {
    yield `${BYTE_ORDER_MARK}${csvLine(Object.values(columns))}\r\n`
    for (let offset = 0; ; offset += PAGE) {
      const page = await boardRows(ctx, scope, filter, { offset, limit: PAGE })
      if (!page) return
      for (const row of page.rows) yield `${csvLine(cellsOf(row, page.asOf, text))}\r\n`
      if (page.rows.length < PAGE) return
    }
  })()
}

/** In the order of `text.board.columns`. Money in yuan, dates as ISO: for a spreadsheet to reckon with. */
function cellsOf(row: BoardRow, asOf: number, text: Text): (string | number)[] {
  const { common } = text
  return [
    row.key,
    row.name,
    row.risk === null ? common.insufficient : common.bands[row.band],
    row.risk === null ? '' : row.risk.toFixed(4),
    common.tiers[row.tier],
    row.value12m / 100,
    whyLine(row, text),
    row.nextOn === null ? '' : isoFromDay(row.nextOn),
    row.ownerName ?? '',
    isoFromDay(asOf),
  ]
}
