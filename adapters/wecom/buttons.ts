import { z } from 'zod'
import { type Card, type CardAction, type CardItem, WRONG_ITEM } from '../../src/model/card.ts'
import { cutChars } from '../shared/bytes.ts'
import type { WecomWords } from './ports.ts'

/** Counts are hard limits of the platform, text lengths are what its clients show (characters). */
const MAX = { buttons: 6, menu: 3, options: 10, label: 10, keyBytes: 1024, idBytes: 128 } as const
export const QUESTION = 'item'
const STYLES = { primary: 1, default: 2, danger: 3 } as const

export interface CardButtons {
  readonly button_list: readonly { type: 0; text: string; style: number; key: string }[]
  readonly action_menu?: { desc: string; action_list: readonly { text: string; key: string }[] }
  readonly button_selection?: {
    question_key: string
    title: string
    option_list: readonly { id: string; text: string }[]
    selected_id: string
  }
}

export interface RenderedButtons {
  readonly buttons: CardButtons
  readonly notShown: readonly string[]
}

type Payload = CardAction['payload']

/**
 * A card has six buttons in all. When several items have buttons of their own, a list chooses the item and each kind
 * of button stands once; the key of such a button names its payload fields, the chosen option carries the values. Where
 * some items lack the button, its key names those that have it, for the one who chose another.
 * Buttons of the whole card come after them, and go to the menu when there is no room.
 */
export function renderButtons(card: Card, words: WecomWords, optionChars: number): RenderedButtons {
  const notShown: string[] = []
  const items = (card.items ?? []).filter((item) => item.actions?.length)
  const several = items.length > 1
  const forItems = several
    ? chosenButtons(items, optionChars, notShown)
    : (items[0]?.actions ?? []).map(directButton)
  const own = unique([...forItems, ...(card.actions ?? []).map(directButton)], notShown)
  const listed = own.slice(0, MAX.buttons)
  const left = own.slice(MAX.buttons)
  // The menu does not say what is chosen in the list.
  const menu = left.filter((button) => button.direct).slice(0, MAX.menu)
  notShown.push(...left.filter((button) => !menu.includes(button)).map((button) => `button ${button.text}`))
  return {
    buttons: {
      button_list: listed.map(({ text, style, key }) => ({ type: 0, text, style, key })),
      ...(menu.length > 0 && {
        action_menu: { desc: words.more, action_list: menu.map(({ text, key }) => ({ text, key })) },
      }),
      ...(several &&
        forItems.length > 0 && { button_selection: selection(items, words, optionChars, notShown) }),
    },
    notShown,
  }
}

interface Button {
  readonly text: string
  readonly style: number
  readonly key: string
  readonly direct: boolean
}

function directButton({ action, label, style = 'default', payload }: CardAction): Button {
  return {
    text: cutChars(label, MAX.label),
    style: STYLES[style],
    key: JSON.stringify({ a: action, p: payload }),
    direct: true,
  }
}

/** Each kind of button once, in the order of their first appearance. */
function chosenButtons(items: readonly CardItem[], optionChars: number, notShown: string[]): Button[] {
  for (const [index, item] of items.entries()) {
    if (valuesOf(item) === null) notShown.push(`items[${index}].actions`)
  }
  const usable = items.filter((item) => valuesOf(item) !== null)
  const kinds = new Map<string, { readonly one: CardAction; readonly items: CardItem[] }>()
  for (const item of usable) {
    for (const one of item.actions ?? []) {
      const kind = kinds.get(kindOf(one))
      if (kind) kind.items.push(item)
      else kinds.set(kindOf(one), { one, items: [item] })
    }
  }
  return [...kinds.values()].map(({ one, items: having }) => ({
    text: cutChars(one.label, MAX.label),
    style: STYLES[one.style ?? 'default'],
    key: JSON.stringify({
      a: one.action,
      f: fieldsOf(one),
      ...(having.length < usable.length && { n: namesOf(having, optionChars) }),
    }),
    direct: false,
  }))
}

/** Buttons of several items are the same one when they do the same with the same fields. */
function kindOf(one: CardAction): string {
  return JSON.stringify([one.action, fieldsOf(one)])
}

function fieldsOf({ payload }: CardAction): string[] {
  return Object.keys(payload).sort()
}

/** The values of all buttons of an item together; null when they differ or are too long for an option. */
function valuesOf(item: CardItem): string | null {
  const values: Record<string, string | number> = {}
  for (const { payload } of item.actions ?? []) {
    for (const [name, value] of Object.entries(payload)) {
      if (Object.hasOwn(values, name) && values[name] !== value) return null
      values[name] = value
    }
  }
  const id = JSON.stringify(values)
  return Buffer.byteLength(id) <= MAX.idBytes ? id : null
}

function selection(items: readonly CardItem[], words: WecomWords, optionChars: number, notShown: string[]) {
  const options = new Map<string, string>()
  for (const item of items) {
    const id = valuesOf(item)
    const name = optionName(item, optionChars)
    if (id !== null) options.set(id, name || String(options.size + 1))
  }
  const list = [...options].slice(0, MAX.options).map(([id, text]) => ({ id, text }))
  if (options.size > MAX.options) notShown.push(`buttons of items[${MAX.options}…]`)
  return {
    question_key: QUESTION,
    title: words.choose,
    option_list: list,
    selected_id: list[0]?.id ?? '',
  }
}

/** An item as the list names it. */
function optionName(item: CardItem, optionChars: number): string {
  return cutChars(shortName(item.title), optionChars)
}

function namesOf(items: readonly CardItem[], optionChars: number): string {
  return items
    .slice(0, MAX.options)
    .map((item) => optionName(item, optionChars))
    .join('、')
}

/** A title without the remarks in brackets at its end. */
function shortName(title: string): string {
  return title.replace(/\s*[（(].*$/s, '') || title
}

/** Keys are unique on a card and bounded. */
function unique(buttons: readonly Button[], notShown: string[]): Button[] {
  const known = new Map<string, Button>()
  for (const button of buttons) {
    const fits = button.text !== '' && Buffer.byteLength(button.key) <= MAX.keyBytes
    if (fits && !known.has(button.key)) known.set(button.key, button)
    else notShown.push(`button ${button.text}`)
  }
  return [...known.values()]
}

const Name = z.string().min(1).max(100)
const Values = z.record(Name, z.union([z.string().max(1000), z.number()]))
const Key = z.union([
  z.strictObject({ a: Name, p: Values }),
  z.strictObject({ a: Name, f: z.array(Name).max(20), n: z.string().max(1000).optional() }),
])

/** What a pressed button means, or null for a key that we did not write. `chosen`: the option of the list. */
export function readButton(key: string, chosen: string | null): { action: string; payload: Payload } | null {
  const parsed = Key.safeParse(parseJson(key))
  if (!parsed.success) return null
  if ('p' in parsed.data) return { action: parsed.data.a, payload: parsed.data.p }
  const values = Values.safeParse(parseJson(chosen ?? '{}'))
  if (!values.success) return null
  const { a: action, f: fields, n: only } = parsed.data
  if (!fields.every((name) => Object.hasOwn(values.data, name))) {
    return { action: WRONG_ITEM, payload: { only: only ?? '' } }
  }
  const wanted = Object.entries(values.data).filter(([name]) => fields.includes(name))
  return { action, payload: Object.fromEntries(wanted) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
