import { html } from 'htm/preact'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { ChatList } from './chat-list.js'
import { Conversation } from './conversation.js'
import { startSession } from './session.js'
import { StageBar } from './stage-bar.js'
import { currentChat, useAppState } from './store.js'
import { unreadIn } from './timeline.js'
import { wordsFor } from './words.js'

function App() {
  const state = useAppState()
  const words = wordsFor(state.locale)
  useEffect(() => {
    const unread = state.chats.reduce(
      (sum, one) => sum + unreadIn(one, state.read[one.key] ?? 0, state.person),
      0,
    )
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${words.bot} · ${words.playground}`
  })
  if (state.phase !== 'ready') {
    return html`<p class="opening" role="status">${state.phase === 'failed' ? words.loadFailed : words.loading}</p>`
  }
  if (state.people.length === 0) return html`<p class="opening">${words.noPeople}</p>`
  const chat = currentChat(state)
  return html`<div class=${chat ? 'app in-chat' : 'app'}>
    <${StageBar} />
    <${ChatList} />
    ${chat ? html`<${Conversation} key=${chat.key} chat=${chat} />` : html`<${Empty} loading=${state.chats.length === 0} />`}
    <div class="toast" role="alert">${state.notice && html`<p>${state.notice}</p>`}</div>
    <div class="unseen" aria-live="polite">${state.spoken}</div>
  </div>`
}

/**
 * No chat is open: its messages are on their way, or on a phone the list is shown.
 * @param {{ loading: boolean }} props
 */
function Empty({ loading }) {
  const words = wordsFor(useAppState().locale)
  return html`<main class="conversation" aria-busy=${loading}>
    ${loading && html`<p class="opening late" role="status">${words.loading}</p>`}
  </main>`
}

const root = document.getElementById('app')
if (root) {
  render(html`<${App} />`, root)
  void startSession()
}
