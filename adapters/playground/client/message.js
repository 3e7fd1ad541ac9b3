import { html } from 'htm/preact'
import { deliver } from './actions.js'
import { Avatar } from './avatar.js'
import { Card } from './card.js'
import { dayLabel, timeOf } from './format.js'
import { demoNow, setState, useAppState } from './store.js'
import { answeredBy, BOT } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { Message as MessageData, Outgoing as OutgoingData, Row } from './types.ts' */

/** @param {{ row: Row }} props */
export function RowView({ row }) {
  const { zone, locale } = useAppState()
  if (row.kind === 'day') {
    return html`<div class="separator"><span>${dayLabel(row.at, demoNow(), zone, locale)}</span></div>`
  }
  if (row.kind === 'new')
    return html`<div class="separator fresh"><span>${wordsFor(locale).newMessages}</span></div>`
  if (row.kind === 'outgoing') return html`<${Outgoing} outgoing=${row.outgoing} head=${row.head} />`
  return html`<${Message} message=${row.message} head=${row.head} />`
}

/** @param {{ message: MessageData, head: boolean }} props */
function Message({ message, head }) {
  const { people, person, zone, locale } = useAppState()
  const { sender, body, at } = message
  const words = wordsFor(locale)
  const name = sender === BOT ? words.bot : (people.find((one) => one.id === sender)?.name ?? sender)
  const mine = sender === person
  const time = timeOf(at, zone)
  return html`<article
    class=${`message ${mine ? 'mine' : 'theirs'} ${head ? 'head' : ''}`}
    data-message=${message.id}
    data-answers=${answeredBy(message)}
    aria-label=${`${mine ? words.you : name} ${time}`}
  >
    ${!mine && html`<div class="message-side">${head && html`<${Avatar} id=${sender} name=${name} />`}</div>`}
    <div class="message-main">
      ${head && html`<div class="message-head">${!mine && html`<b>${name}</b>`}<time>${time}</time></div>`}
      ${
        body.kind === 'card'
          ? html`<${Card} message=${message} card=${body.card} /><${ReplyButton} message=${message} title=${body.card.title} />`
          : html`<div class="bubble">${body.quote && html`<p class="quote">${body.quote}</p>`}<p>${body.text}</p></div>`
      }
    </div>
  </article>`
}

/**
 * A line can answer the card of a direct chat: Liuke then knows which customer is meant.
 * @param {{ message: MessageData, title: string }} props
 */
function ReplyButton({ message, title }) {
  const { locale } = useAppState()
  if (!message.chat.startsWith('dm:')) return null
  const quote = { chat: message.chat, message: message.id, title }
  return html`<button
    type="button"
    class="link reply"
    onClick=${() => {
      setState({ quote })
      document.querySelector('textarea')?.focus()
    }}
  >${wordsFor(locale).reply}</button>`
}

/** @param {{ outgoing: OutgoingData, head: boolean }} props */
function Outgoing({ outgoing, head }) {
  const { locale } = useAppState()
  const words = wordsFor(locale)
  return html`<article class=${`message mine outgoing ${head ? 'head' : ''}`} aria-label=${words.you}>
    <div class="message-main">
      <div class="bubble">${outgoing.quote && html`<p class="quote">${outgoing.quote.title}</p>`}<p>${outgoing.text}</p></div>
      ${
        outgoing.failed
          ? html`<p class="delivery failed">${words.failed} · <button type="button" class="link" onClick=${() => deliver(outgoing)}>${words.retry}</button></p>`
          : html`<p class="delivery">${words.sending}</p>`
      }
    </div>
  </article>`
}

/** Liuke is at it: three dots, and the words for those who do not see them. */
export function Working() {
  const { locale } = useAppState()
  const words = wordsFor(locale)
  return html`<div class="message theirs head working">
    <div class="message-side"><${Avatar} id=${BOT} name=${words.bot} /></div>
    <p class="bubble"><i></i><i></i><i></i><span>${words.working}</span></p>
  </div>`
}
