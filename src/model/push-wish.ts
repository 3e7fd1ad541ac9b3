/** What somebody wishes to see of the daily pushes. Events (complaints and the like), promises and reminders asked for always come. */
export interface PushWish {
  /** Only customers of tier A. */
  readonly highValue: boolean
  /** Customers in a digest at most, below the company's budget; null: the budget. */
  readonly perDay: number | null
}

export const NO_WISH: PushWish = { highValue: false, perDay: null }
