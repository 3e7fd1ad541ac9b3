/** Paths of the pages for people, below the public address. */

/** The churn board. */
export const BOARD_PAGE = '/board'

/** Everything about one customer. */
export function customerPagePath(id: number): string {
  return `${BOARD_PAGE}/customers/${id}`
}
