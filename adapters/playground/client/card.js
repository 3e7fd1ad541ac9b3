import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import { buttonKey, copyText, press } from './actions.js'
import { Picture } from './picture.js'
import { useAppState } from './store.js'
import { wordsFor } from './words.js'

/** @import { CardAction, CardItem } from '../../../src/model/card.ts' */
/** @import { Message, ShownCard } from './types.ts' */

/**
 * One card: the number, the reasons, the buttons. When a pressed button is gone after an update, the focus
 * stays on the card.
 * @param {{ message: Message, card: ShownCard }} props
 */
export function Card({ message, card }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null))
  const hadFocus = useRef(false)
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) root.current?.focus()
  }, [message.revision])
  const tone = card.tone ?? 'neutral'
  return html`<section
    class=${`card tone-${tone}`}
    aria-label=${card.title}
    tabindex="-1"
    ref=${root}
    onFocusIn=${() => {
      hadFocus.current = true
    }}
    onFocusOut=${(/** @type {FocusEvent} */ event) => {
      if (event.relatedTarget) hadFocus.current = false
    }}
  >
    <header class="card-head">
      <${ToneMark} tone=${tone} />
      <h3>${card.title}</h3>
    </header>
    ${card.figure && html`<p class="figure"><strong>${card.figure.value}</strong><span>${card.figure.label}</span></p>`}
    ${card.chart && html`<${Picture} picture=${card.chart} />`}
    ${has(card.fields) && html`<dl class="fields">${card.fields?.map((field) => html`<div><dt>${field.label}</dt><dd>${field.value}</dd></div>`)}</dl>`}
    ${has(card.facts) && html`<ul class="facts">${card.facts?.filter(Boolean).map((fact) => html`<li>${fact}</li>`)}</ul>`}
    ${has(card.items) && html`<ol class="items">${card.items?.map((item) => html`<${Item} message=${message} item=${item} />`)}</ol>`}
    ${has(card.notes) && html`<div class="notes">${card.notes?.map((note) => html`<p>${note}</p>`)}</div>`}
    ${card.page && html`<${PageLink} path=${card.page} />`}
    ${card.copy && html`<${CopyButton} text=${card.copy} />`}
    <${Buttons} message=${message} actions=${card.actions ?? []} />
  </section>`
}

/** @param {{ path: string }} props */
function PageLink({ path }) {
  const { locale } = useAppState()
  return html`<p><a class="link" href=${path} target="_blank" rel="noopener">${wordsFor(locale).page}</a></p>`
}

/** @param {{ text: string }} props */
function CopyButton({ text }) {
  const { locale } = useAppState()
  return html`<div class="buttons">
    <button type="button" class="button primary" onClick=${() => copyText(text)}>${wordsFor(locale).copy}</button>
  </div>`
}

/** @param {{ message: Message, item: CardItem }} props */
function Item({ message, item }) {
  const { name, meta } = headOf(item.title)
  return html`<li class=${`item tone-${item.tone ?? 'neutral'}`}>
    <h4><${ToneMark} tone=${item.tone ?? 'neutral'} />${name}${meta && html` <small>${meta}</small>`}</h4>
    ${item.lines.map((line) => html`<p>${line}</p>`)}
    <${Buttons} message=${message} actions=${item.actions ?? []} small=${true} />
  </li>`
}

/** @param {{ tone: 'neutral' | 'good' | 'warning' | 'urgent' }} props */
function ToneMark({ tone }) {
  const { locale } = useAppState()
  const word = wordsFor(locale).tones[tone]
  return html`<span class="tone-mark">${word && html`<span class="unseen">${word}</span>`}</span>`
}

/** @param {{ message: Message, actions: readonly CardAction[], small?: boolean }} props */
function Buttons({ message, actions, small = false }) {
  const { busy } = useAppState()
  if (actions.length === 0) return null
  return html`<div class=${small ? 'buttons small' : 'buttons'}>
    ${actions.map((button) => {
      const waiting = busy[buttonKey(message.id, button)] !== undefined
      return html`<button
        type="button"
        class=${`button ${button.style ?? 'default'}`}
        aria-busy=${waiting}
        aria-disabled=${waiting}
        onClick=${() => press(message, button)}
      >
        ${button.label}
      </button>`
    })}
  </div>`
}

/**
 * A heading with its details in brackets is set in two weights.
 * @param {string} title
 */
function headOf(title) {
  const [, name, meta] = /^(.+)（([^（）]+)）$/.exec(title) ?? []
  return name && meta ? { name, meta } : { name: title, meta: null }
}

/** @param {readonly unknown[] | undefined} list */
function has(list) {
  return list !== undefined && list.length > 0
}
