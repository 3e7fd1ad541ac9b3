import { html } from 'htm/preact'
import { deliver } from './actions.js'
import { Avatar } from './avatar.js'
import { Card } from './card.js'
import { dayLabel, timeOf } from './format.js'
import { demoNow, useAppState } from './store.js'
import { BOT } from './timeline.js'
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
    aria-label=${`${mine ? words.you : name} ${time}`}
  >
    ${!mine && html`<div class="message-side">${head && html`<${Avatar} id=${sender} name=${name} />`}</div>`}
    <div class="message-main">
      ${head && html`<div class="message-head">${!mine && html`<b>${name}</b>`}<time>${time}</time></div>`}
      ${body.kind === 'card' ? html`<${Card} message=${message} card=${body.card} />` : html`<p class="bubble">${body.text}</p>`}
    </div>
  </article>`
}

/** @param {{ outgoing: OutgoingData, head: boolean }} props */
function Outgoing({ outgoing, head }) {
  const { locale } = useAppState()
  const words = wordsFor(locale)
  return html`<article class=${`message mine outgoing ${head ? 'head' : ''}`} aria-label=${words.you}>
    <div class="message-main">
      <p class="bubble">${outgoing.text}</p>
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
