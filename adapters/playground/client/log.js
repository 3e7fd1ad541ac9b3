import { html } from 'htm/preact'
import { useEffect, useMemo } from 'preact/hooks'
import { loadEarlier } from './actions.js'
import { Icon } from './icons.js'
import { RowView, Working } from './message.js'
import { useScroll } from './scroll.js'
import { markRead } from './session.js'
import { useAppState } from './store.js'
import { timeline } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { Chat } from './types.ts' */

/**
 * The messages of one chat. It opens at the first unread message, follows new ones while one reads the end, and
 * keeps its place otherwise.
 * @param {{ chat: Chat }} props
 */
export function Log({ chat }) {
  const { zone, read, person, outgoing, waiting, locale } = useAppState()
  const words = wordsFor(locale)
  // The line above new messages stays where it was when the chat was opened.
  const readUpTo = useMemo(() => read[chat.key] ?? 0, [chat.key, person])
  const own = outgoing.filter((one) => one.chat === chat.key && one.person === person)
  const rows = timeline({ messages: chat.messages, outgoing: own, zone, readUpTo, me: person })
  const working = waiting[chat.key] !== undefined
  const { ref, away, arrived, onScroll, toEnd } = useScroll(rows, working)
  useEffect(markRead)

  return html`<div class="log-frame">
    <div class="log" role="log" aria-label=${words.messages} data-chat=${chat.key} tabindex="0" ref=${ref} onScroll=${onScroll}>
      ${chat.more && html`<button type="button" class="button small earlier" onClick=${loadEarlier}>${words.earlier}</button>`}
      ${rows.length === 0 && html`<p class="empty">${words.emptyChat}</p>`}
      ${rows.map((row) => html`<${RowView} key=${row.key} row=${row} />`)}
      ${working && html`<${Working} />`}
    </div>
    ${
      away &&
      html`<button type="button" class="to-bottom" aria-label=${arrived > 0 ? `${words.toBottom} · ${words.arrived(arrived)}` : words.toBottom} onClick=${toEnd}>
        <${Icon} name="down" />${arrived > 0 && html`<span class="badge">${arrived}</span>`}
      </button>`
    }
  </div>`
}
