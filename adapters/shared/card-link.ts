import type { Card } from '../../src/model/card.ts'

/** Where pages are; both are null in a company without any. */
export interface PageAddresses {
  /** Where Liuke's own pages are, without a slash at the end. */
  readonly publicUrl: string | null
  /** Where cards lead to that have no page of their own. */
  readonly pageUrl: string | null
}

/** The page a card leads to: its own where there is one, else that of all cards; null for none. */
export function cardLink({ page }: Card, { publicUrl, pageUrl }: PageAddresses): string | null {
  return page !== undefined && publicUrl !== null ? publicUrl + page : pageUrl
}
