import type { PageAddresses } from '../../adapters/shared/card-link.ts'
import { BOARD_PAGE } from '../model/pages.ts'
import type { Settings } from '../settings.ts'

/** Where cards lead to: pages of their own, else the page of the platform's settings, else the board. */
export function pageAddresses({ http }: Settings, pageUrl: string | null): PageAddresses {
  const { publicUrl } = http
  return { publicUrl, pageUrl: pageUrl ?? (publicUrl === null ? null : publicUrl + BOARD_PAGE) }
}
