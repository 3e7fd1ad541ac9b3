import type { Card } from '../model/card.ts'
import { BANDS, type Band, type Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { toneOf } from './at-risk.ts'
import { clip, fitCard } from './fit-card.ts'

export interface ListRow {
  readonly customerId: number
  /** Already masked for a group. */
  readonly name: string
  readonly band: Band
  readonly risk: number | null
  readonly tier: Tier
  readonly value12m: number
  /** Null where it is the reader, or nobody. */
  readonly ownerName: string | null
}

export interface ListInput {
  /** The filter in words; empty for the whole list. */
  readonly words: string
  readonly rows: readonly ListRow[]
  readonly total: number
  /** Position of the first row, from 0. */
  readonly offset: number
  readonly asOf: Day
  /** In a group: totals by band, masked names with nothing but their band, no buttons. */
  readonly group: { readonly totals: ReadonlyMap<Band, number> } | null
}

/** Rows on one card. */
export const LIST_PAGE = 8

/** Customers that match a filter, worst first, a button each; in a group masked and without buttons. */
export function listCard(input: ListInput, text: Text): Card {
  const words = text.cards.list
  const filter = clip(input.words, 20)
  const to = input.offset + input.rows.length
  const paging = input.total > input.rows.length ? [words.page(input.offset + 1, to, input.total)] : []
  return fitCard({
    summary: input.total === 0 ? words.none : words.summary(filter, input.total),
    title: words.title(filter),
    figure: { value: String(input.total), label: text.cards.labels.listed },
    facts: input.total === 0 ? [words.none] : input.group ? [totalWords(input.group.totals, text)] : [],
    items: input.rows.map((row, index) => ({
      title: words.item(
        input.offset + index + 1,
        clip(row.name, 24),
        input.group ? text.common.bands[row.band] : rowWords(row, text),
      ),
      tone: toneOf(row.band),
      lines: [],
      actions: input.group
        ? []
        : [{ action: 'why', label: text.cards.buttons.why, payload: { customer: row.customerId } }],
    })),
    notes: [
      [...paging, ...(input.group ? [words.masked] : []), text.cards.asOf(text.common.day(input.asOf))].join(
        ' · ',
      ),
    ],
    actions:
      to < input.total && !input.group
        ? [{ action: 'list', label: text.cards.buttons.more, payload: { words: input.words, offset: to } }]
        : [],
  })
}

function totalWords(totals: ReadonlyMap<Band, number>, text: Text): string {
  const worst = [...BANDS].reverse().filter((band) => band !== 'none' && (totals.get(band) ?? 0) > 0)
  return worst
    .map((band) => text.cards.list.total(text.common.bands[band], totals.get(band) ?? 0))
    .join(' · ')
}

function rowWords(row: ListRow, text: Text): string {
  const risk = row.risk === null ? text.common.insufficient : text.common.percent(row.risk)
  const tier = row.tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[row.tier])]
  const value = row.value12m > 0 ? [text.cards.perYear(text.common.money(row.value12m))] : []
  const band = row.risk === null ? [] : [text.common.bands[row.band]]
  const owner = row.ownerName === null ? [] : [clip(row.ownerName, 8)]
  return [...band, risk, ...tier, ...value, ...owner].join(' · ')
}
