import type { Chart } from '../model/card.ts'
import type { Locale } from '../text/index.ts'

/** What the painter and its thread say to each other. Everything here can be cloned between threads. */
export interface ToPaint {
  readonly id: number
  readonly chart: Chart
  readonly locale: Locale
}

export type Painted =
  | { readonly id: number; readonly png: Uint8Array }
  | { readonly id: number; readonly failed: string }
