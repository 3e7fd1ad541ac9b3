type Cell = string | number | null | undefined

/** Signs with which a spreadsheet begins a formula; a plain number may begin with a sign too. */
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/**
 * One CSV line (RFC 4180, without the line end). Text from the outside that a spreadsheet would run as a
 * formula gets a leading apostrophe.
 */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',')
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
