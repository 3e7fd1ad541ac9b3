import type { Day } from './day.ts'

/**
 * A card is data: every adapter renders it in its own way and reports what it could not show. It fits one
 * phone screen: one number, one reason, one action; at most `CARD_MAX_LINES` lines.
 */
export const CARD_MAX_LINES = 12

export interface Card {
  /** Complete plain-text form in one or two sentences: notification text and fallback. Required. */
  readonly summary: string
  readonly title: string
  readonly tone?: 'neutral' | 'good' | 'warning' | 'urgent'
  /** The one number, large: `第 52 天`, `20.0 %`. */
  readonly figure?: { readonly value: string; readonly label: string }
  /** Short label–value pairs. */
  readonly fields?: readonly { readonly label: string; readonly value: string }[]
  /** One-line paragraphs: reasons, list items. */
  readonly facts?: readonly string[]
  /** Items with their own heading and buttons: one customer each in a digest. */
  readonly items?: readonly CardItem[]
  /** A small picture that adapters draw where they can; the card is complete without it. */
  readonly chart?: Chart
  /** A text to take along as it is. Its words stand in `facts` too; a place that can, offers a button to copy it. */
  readonly copy?: string
  /** Path of the page that shows more (`model/pages.ts`): places that can, open it when the card is tapped. */
  readonly page?: string
  /** Small print: definition, as-of date, n. */
  readonly notes?: readonly string[]
  readonly actions?: readonly CardAction[]
}

/** A chart as data: drawn by `src/charts`, so that a stored card stays small. */
export type Chart = OwnCycleChart | EffectChart

/** Size of a picture in CSS pixels, for places that must keep room for it. Drawn at twice that resolution. */
export const CHART_SIZES: Readonly<
  Record<Chart['kind'], { readonly width: number; readonly height: number }>
> = { 'own-cycle': { width: 640, height: 240 }, effect: { width: 640, height: 220 } }

/** Raised when the same data is drawn differently: pictures are kept by what they show. */
export const CHART_LOOK = 1

/** Past purchases of one customer against its usual gap, and today's silence. */
export interface OwnCycleChart {
  readonly kind: 'own-cycle'
  /** What the picture says, for readers who do not see it. */
  readonly alt: string
  /** Purchase days, oldest first: at least two. */
  readonly orders: readonly Day[]
  /** The typical gap in days. */
  readonly typical: number
  readonly asOf: Day
  /** The silence is among the reasons of the risk, so it is drawn in the colour of a warning. */
  readonly late: boolean
}

/** Shares of customers kept, with 95 % intervals: those alerted beside the control group. */
export interface EffectChart {
  readonly kind: 'effect'
  /** What the picture says, for readers who do not see it. */
  readonly alt: string
  readonly treated: EffectBar
  readonly control: EffectBar
}

/** All but `n` as shares of 1. */
export interface EffectBar {
  readonly share: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/**
 * The action of a button that was pressed for an item without it, where one list chooses the item for all buttons. Its
 * payload names the items that have the button: `{ only: '华联超市、张三制造' }`.
 */
export const WRONG_ITEM = 'wrong-item'

export interface CardItem {
  readonly title: string
  readonly tone?: 'neutral' | 'good' | 'warning' | 'urgent'
  readonly lines: readonly string[]
  readonly actions?: readonly CardAction[]
}

/** A button. Its payload names things by id only; rights and state are checked again when it is pressed. */
export interface CardAction {
  readonly action: string
  readonly label: string
  readonly style?: 'primary' | 'default' | 'danger'
  readonly payload: Readonly<Record<string, string | number>>
}
