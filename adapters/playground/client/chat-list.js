import { html } from 'htm/preact'
import { Avatar } from './avatar.js'
import { shortTime } from './format.js'
import { goTo } from './session.js'
import { currentChat, demoNow, useAppState } from './store.js'
import { BOT, preview, unreadIn } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { Chat } from './types.ts' */

/** The chats of the person one is, with what was said last and how much is unread. */
export function ChatList() {
  const state = useAppState()
  const words = wordsFor(state.locale)
  const current = currentChat(state)?.key
  return html`<nav class="chats" aria-label=${words.chats}>
    <h2>${words.chats}</h2>
    <ul role="list" aria-label=${words.chats}>
      ${state.chats.map((chat) => html`<li key=${chat.key}><${ChatLine} chat=${chat} current=${chat.key === current} /></li>`)}
    </ul>
  </nav>`
}

/** @param {{ chat: Chat, current: boolean }} props */
function ChatLine({ chat, current }) {
  const { people, person, read, zone, locale } = useAppState()
  const words = wordsFor(locale)
  const last = chat.messages.at(-1)
  const unread = current ? 0 : unreadIn(chat, read[chat.key] ?? 0, person)
  const sender =
    last && last.sender !== BOT && chat.kind === 'group' ? people.find((one) => one.id === last.sender) : null
  const group = chat.kind === 'group'
  return html`<button
    type="button"
    class="chat-line"
    aria-current=${current ? 'true' : undefined}
    onClick=${() => goTo(person, chat.key)}
  >
    <${Avatar} id=${group ? chat.id : BOT} name=${chat.title ?? words.bot} group=${group} />
    <span class="chat-text">
      <span class="chat-top"><b>${chat.title ?? words.bot}</b>${last && html`<time>${shortTime(last.at, demoNow(), zone, locale)}</time>`}</span>
      <span class="chat-bottom">
        <span class="preview">${last ? `${sender ? `${sender.name}：` : ''}${preview(last)}` : words.emptyList}</span>
        ${unread > 0 && html`<span class="badge" aria-label=${words.unread(unread)}>${unread > 99 ? '99+' : unread}</span>`}
      </span>
    </span>
  </button>`
}
