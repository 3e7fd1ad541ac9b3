import type { Card } from '../../src/model/card.ts'
import { cutChars, oneLine } from '../shared/bytes.ts'
import { renderButtons } from './buttons.ts'
import type { WecomWords } from './ports.ts'

/**
 * Lengths (characters) that clients show; the API takes more and the client cuts it. `quote` is our own: none is
 * documented. `rows` is a hard limit.
 */
export interface CardLengths {
  readonly title: number
  readonly desc: number
  readonly quote: number
  readonly text: number
  readonly rows: number
  readonly keyname: number
  readonly value: number
  readonly figure: number
  readonly figureLabel: number
  /** One entry of the list that chooses an item. */
  readonly option: number
  readonly url: number
}

/** Cards of the self-built app (path 90236 of the developer documentation). */
export const CARD_MAX: CardLengths = {
  title: 36,
  desc: 44,
  quote: 120,
  text: 160,
  rows: 6,
  keyname: 5,
  value: 30,
  figure: 14,
  figureLabel: 22,
  option: 16,
  url: 2048,
}

/** Cards of the smart robot are shorter (paths 101032 and 99110). */
export const ROBOT_CARD_MAX: CardLengths = {
  ...CARD_MAX,
  title: 26,
  desc: 30,
  text: 112,
  value: 26,
  figure: 10,
  figureLabel: 15,
  option: 10,
}

export interface TemplateCard {
  readonly card: Readonly<Record<string, unknown>>
  /** Words and buttons for which there was no room. */
  readonly lostWords: readonly string[]
  readonly lostButtons: readonly string[]
}

interface Row {
  readonly keyname: string
  readonly value: string
}

/** Colours of the line above the title. */
const TONE_COLOURS = { neutral: 0, good: 3, warning: 1, urgent: 2 } as const

/** `button_interaction`: the main card. A card on which nothing is left to press shows one grey button. */
export function buttonCard(card: Card, task: string, words: WecomWords, max = CARD_MAX): TemplateCard {
  const figure = card.figure ? figureLine(card.figure) : null
  const { parts, notShown } = renderBody(card, words, figure, max)
  return withButtons(card, task, words, { parts, lostWords: notShown, max })
}

/** Title and buttons only, after a text that says everything: the list of items names them in short. */
export function compactCard(card: Card, task: string, words: WecomWords, max = CARD_MAX): TemplateCard {
  const { summary, title, tone = 'neutral', figure } = card
  const head = { summary, title, tone, ...(figure && { figure }) }
  const { source, main_title } = renderBody(head, words, figure ? figureLine(figure) : null, max).parts
  return withButtons(card, task, words, { parts: { source, main_title }, lostWords: [], max })
}

function withButtons(
  card: Card,
  task: string,
  words: WecomWords,
  { parts, lostWords, max }: { parts: object; lostWords: readonly string[]; max: CardLengths },
): TemplateCard {
  const { buttons, notShown: lostButtons } = renderButtons(card, words, max.option)
  const pressable = buttons.button_list.length > 0
  const grey = {
    button_list: [{ type: 0, text: words.done, style: 2, key: 'done' }],
    replace_text: words.done,
  }
  return {
    card: {
      card_type: 'button_interaction',
      task_id: task,
      ...parts,
      ...(pressable ? buttons : grey),
    },
    lostWords,
    lostButtons,
  }
}

/** `text_notice`: a card without buttons that leads to a page. */
export function noticeCard(card: Card, task: string, url: string, words: WecomWords): TemplateCard {
  // A card has a quotation or an emphasised figure, not both: with several items the figure is a line.
  const listed = (card.items?.length ?? 0) > 1
  const line = card.figure && listed ? figureLine(card.figure) : null
  const body = renderBody({ ...card, notes: [] }, words, line, CARD_MAX, card.notes)
  const figure = listed ? undefined : card.figure
  const notShown = [...body.notShown]
  if (figure && [...figure.value].length > CARD_MAX.figure) notShown.push('figure')
  return {
    card: {
      card_type: 'text_notice',
      task_id: task,
      ...body.parts,
      ...(figure && {
        emphasis_content: {
          title: cutChars(figure.value, CARD_MAX.figure),
          desc: cutChars(figure.label, CARD_MAX.figureLabel),
        },
      }),
      card_action: { type: 1, url },
    },
    lostWords: notShown,
    lostButtons: [],
  }
}

function figureLine({ value, label }: { value: string; label: string }): string {
  return `${value} ${label}`
}

/** Every part of a template card but its buttons, and what had no room. */
function renderBody(
  card: Card,
  words: WecomWords,
  figure: string | null,
  max: CardLengths,
  lastLines: readonly string[] = [],
) {
  const notShown: string[] = []
  const rows = renderRows(card, max)
  const { title, desc, quoted, lines } = placeWords(card, figure, [...rows.left], max)
  const paragraph = [...lines, ...lastLines].map(oneLine).filter((line) => line !== '')
  const parts = {
    source: { desc: words.source, desc_color: TONE_COLOURS[card.tone ?? 'neutral'] },
    main_title: {
      title: cutChars(title || words.source, max.title),
      ...(desc !== '' && { desc: cutChars(desc, max.desc) }),
    },
    ...(quoted.title + quoted.text !== '' && { quote_area: quote(quoted, notShown, max.quote) }),
    ...(paragraph.length > 0 && { sub_title_text: fitLines(paragraph, notShown, max.text).join('\n') }),
    ...(rows.rows.length > 0 && { horizontal_content_list: rows.rows }),
  }
  if ([...desc].length > max.desc) notShown.push('figure')
  return { parts, notShown: [...notShown, ...rows.notShown] }
}

/**
 * Where everything goes: the title, one line below it (the figure, else short notes), a quotation (the first of
 * several items, else the notes), and the paragraph for everything that is no row.
 */
function placeWords(card: Card, figure: string | null, fields: readonly string[], max: CardLengths) {
  const title = oneLine(card.title) || oneLine(card.summary)
  const facts = [...([...title].length > max.title ? [title] : []), ...fields, ...(card.facts ?? [])]
  const notes = (card.notes ?? []).map(oneLine).join(' · ')
  const notesAbove = figure === null && [...notes].length <= max.desc
  const desc = figure ?? (notesAbove ? notes : '')
  const below = notesAbove ? '' : notes
  const [first, ...others] = card.items ?? []
  if (!first || others.length === 0) {
    const lines = first ? [...facts, first.title, ...first.lines] : facts
    return { title, desc, quoted: { title: '', text: below }, lines }
  }
  const quoted = { title: oneLine(first.title), text: first.lines.map(oneLine).join(' · ') }
  const numbered = others.flatMap((item, index) => item.lines.map((line) => `${index + 2} ${line}`))
  return { title, desc, quoted, lines: [...facts, ...numbered, below] }
}

function quote({ title, text }: { title: string; text: string }, notShown: string[], max: number) {
  if ([...text].length > max || [...title].length > max) notShown.push('quote: end')
  return {
    type: 0,
    ...(title !== '' && { title: cutChars(title, max) }),
    ...(text !== '' && { quote_text: cutChars(text, max) }),
  }
}

/** Rows for short fields and for the titles of all items but the first; a field without a row becomes a line. */
function renderRows(card: Card, max: CardLengths) {
  const items = card.items?.slice(1) ?? []
  const rows: Row[] = []
  const left: string[] = []
  const notShown: string[] = []
  const room = max.rows - Math.min(items.length, max.rows)
  for (const { label, value } of card.fields ?? []) {
    const [keyname, words] = [oneLine(label), oneLine(value)]
    const fits = [...keyname].length <= max.keyname && [...words].length <= max.value
    if (fits && keyname !== '' && rows.length < room) rows.push({ keyname, value: words })
    else left.push(`${label} ${value}`)
  }
  for (const [index, { title }] of items.slice(0, max.rows).entries()) {
    const keyname = String(index + 2)
    const words = oneLine(title).replace(new RegExp(`^${keyname}[.、\\s]+`), '')
    if ([...words].length > max.value) notShown.push(`items[${index + 1}].title: end`)
    rows.push({ keyname, value: cutChars(words, max.value) })
  }
  if (items.length > max.rows) notShown.push(`items[${max.rows + 1}…]`)
  return { rows, left, notShown }
}

/** Shortens the longest lines first until all fit; when even short ones are too many, the last are left out. */
function fitLines(lines: readonly string[], notShown: string[], max: number): readonly string[] {
  const MIN = 12
  const total = (parts: readonly string[]): number => [...parts.join('\n')].length
  if (total(lines) <= max) return lines
  for (let limit = max; limit >= MIN; limit--) {
    const short = lines.map((line) => cutChars(line, limit))
    if (total(short) > max) continue
    notShown.push(
      ...lines.flatMap((line, index) => (short[index] === line ? [] : [`line ${index + 1}: end`])),
    )
    return short
  }
  const few = lines.slice(0, Math.floor((max + 1) / (MIN + 1))).map((line) => cutChars(line, MIN))
  notShown.push(`lines[${few.length}…]`, 'lines: ends')
  return few
}
