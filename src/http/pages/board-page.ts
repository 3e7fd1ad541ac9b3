import type { Scope } from '../../access.ts'
import { raising, toneOf } from '../../cards/at-risk.ts'
import { evidenceSentence } from '../../cards/fact-sentence.ts'
import { BANDS, type Band } from '../../model/churn.ts'
import type { Day } from '../../model/day.ts'
import type { Member } from '../../model/member.ts'
import { customerPagePath } from '../../model/pages.ts'
import type { Text } from '../../text/index.ts'
import type { BoardList, BoardRow } from '../board/board-rows.ts'
import type { BoardFigures } from '../board/figures.ts'
import { type Html, html } from '../html.ts'
import { figuresPart } from './figures-part.ts'
import { document, type PageFrame } from './layout.ts'

export interface BoardInput {
  readonly member: Member
  readonly scope: Scope
  readonly today: Day
  /** Null before any score. */
  readonly list: BoardList | null
  readonly offset: number
  /** The filter as it was typed. */
  readonly words: string
  /** Why the filter could not be read; the whole list is shown then. */
  readonly problem: string | null
  readonly totals: ReadonlyMap<Band, number>
  readonly insufficient: number
  /** What makes the data too old to rely on, one sentence each. */
  readonly stale: readonly string[]
  /** For leads and administrators. */
  readonly figures: BoardFigures | null
}

/** Customers on one page. */
export const BOARD_PAGE_SIZE = 50

/** The churn board: a rep's own customers at risk, a lead's team, or the whole company. */
export function boardPage(input: BoardInput, frame: PageFrame): string {
  const { text } = frame
  const { member, list, stale, figures } = input
  const heading = headingOf(input, text)
  const content = html`<h1>${heading}</h1>
${list && html`<p class="asof">${text.cards.asOf(text.common.day(list.asOf))}</p>`}
${stale.length > 0 && html`<div class="note warning" role="status"><strong>${text.common.staleData}</strong>${stale.map((line) => html`<p>${line}</p>`)}</div>`}
${figures && figuresPart(figures, input.scope, text)}
${list ? listPart({ ...input, list }, text) : html`<p class="note">${text.cards.list.noScores}</p>`}`
  return document(frame, heading, content, member)
}

function headingOf({ scope, member }: BoardInput, text: Text): string {
  const { heading } = text.board
  if (scope.kind === 'all') return heading.all
  return scope.kind === 'team' ? heading.team(member.teamName ?? '') : heading.own
}

type Shown = BoardInput & { readonly list: BoardList }

function listPart(input: Shown, text: Text): Html {
  const { board } = text
  const { list, words, problem, insufficient } = input
  const query = words === '' ? '' : `?${new URLSearchParams({ words })}`
  const none = words === '' ? board.calm : board.empty
  return html`<section aria-labelledby="list-title">
<h2 id="list-title">${text.cards.list.title(words)}</h2>
${filters(input, text)}
${problem !== null && html`<p class="note warning" role="alert">${problem}</p>`}
<p class="tools"><span>${board.total(list.total)}</span> <a href="/board/customers.csv${query}">${board.csv}</a></p>
${list.rows.length === 0 ? html`<p class="note">${none}</p>` : html`<ul class="rows">${list.rows.map((row) => rowPart(row, input, text))}</ul>`}
${insufficient > 0 && words === '' && html`<p class="asof">${board.insufficientNote(insufficient)}</p>`}
${paging(input, text)}
</section>`
}

/** The filter words of chat as links, and a line for any others (a region). */
function filters({ totals, insufficient, words }: Shown, text: Text): Html {
  const { board, common } = text
  const worst = [...BANDS].reverse().filter((band) => band !== 'none')
  const links = [
    { label: board.all, words: '' },
    ...worst.map((band) => {
      const label = common.bands[band]
      return { label: board.count(label, totals.get(band) ?? 0), words: label }
    }),
    { label: board.count(common.insufficient, insufficient), words: common.insufficient },
  ]
  return html`<nav class="filters" aria-label="${board.filters}"><ul>${links.map(
    (link) =>
      html`<li><a href="/board${link.words === '' ? '' : `?${new URLSearchParams({ words: link.words })}`}"${link.words === words && html` aria-current="page"`}>${link.label}</a></li>`,
  )}</ul></nav>
<form class="search" role="search" action="/board">
<label for="words">${board.search}</label>
<input id="words" name="words" value="${words}" maxlength="60" placeholder="${board.searchHint}">
<button class="button">${board.apply}</button>
</form>`
}

function rowPart(row: BoardRow, { scope, today }: Shown, text: Text): Html {
  const { board, common, cards } = text
  const unscored = row.risk === null
  const facts = [
    ...(unscored ? [] : [board.risk(common.percent(row.risk))]),
    ...(row.tier === 'unknown' ? [] : [cards.tierWord(common.tiers[row.tier])]),
    ...(row.value12m > 0 ? [cards.perYear(common.money(row.value12m))] : []),
    ...(scope.kind === 'own' ? [] : [row.ownerName === null ? board.nobody : board.owner(row.ownerName)]),
  ]
  const late = row.nextOn !== null && row.nextOn < today
  return html`<li>
<h3><a href="${customerPagePath(row.customerId)}">${row.name}</a> <span class="band ${toneOf(row.band)}">${unscored ? common.insufficient : common.bands[row.band]}</span></h3>
<p class="facts">${facts.join(' · ')}</p>
<p>${whyLine(row, text)}</p>
${row.nextOn !== null && html`<p class="next${late && ' late'}">${late ? board.overdue(common.day(row.nextOn)) : board.next(common.day(row.nextOn))}</p>`}
</li>`
}

/** The strongest reason in one sentence, as cards say it. */
export function whyLine(row: BoardRow, text: Text): string {
  const [first] = raising(row.evidence)
  if (first) return evidenceSentence(first, text)
  return row.risk === null ? text.cards.why.insufficient : text.board.noReason
}

function paging({ list, offset, words }: Shown, text: Text): Html | null {
  if (list.total <= list.rows.length) return null
  const { board } = text
  const to = (from: number): string => {
    const filter = words === '' ? {} : { words }
    return `/board?${new URLSearchParams({ ...filter, from: String(from) })}`
  }
  const last = offset + list.rows.length
  return html`<nav class="paging" aria-label="${board.page(offset + 1, last, list.total)}">
${offset > 0 && html`<a class="button" href="${to(Math.max(0, offset - BOARD_PAGE_SIZE))}">${board.earlier}</a>`}
<span>${board.page(offset + 1, last, list.total)}</span>
${last < list.total && html`<a class="button" href="${to(last)}">${board.later}</a>`}
</nav>`
}
