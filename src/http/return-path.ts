import { BOARD_PAGE } from '../model/pages.ts'

/** Somewhere to resolve addresses against; no browser ever sees it. */
const NOWHERE = 'http://liuke.invalid'

/** Where to go after a login: a page of the board, and never another site, whatever the address says. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !URL.canParse(wanted, NOWHERE)) return BOARD_PAGE
  const { origin, pathname, search } = new URL(wanted, NOWHERE)
  const ours = origin === NOWHERE && (pathname === BOARD_PAGE || pathname.startsWith(`${BOARD_PAGE}/`))
  return ours ? pathname + search : BOARD_PAGE
}
