import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import { Avatar } from './avatar.js'
import { CommandPane } from './command-pane.js'
import { Composer } from './composer.js'
import { Icon } from './icons.js'
import { Log } from './log.js'
import { goTo } from './session.js'
import { useAppState } from './store.js'
import { BOT } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { Chat } from './types.ts' */

/**
 * The open chat: who is in it, its messages, and where one writes.
 * @param {{ chat: Chat }} props
 */
export function Conversation({ chat }) {
  const [draft, setDraft] = useState('')

  /** @param {string} text */
  function take(text) {
    setDraft(text)
    document.querySelector('textarea')?.focus()
  }

  return html`
    <main class="conversation">
      <${Head} chat=${chat} />
      <${Connection} />
      <${Log} key=${chat.key} chat=${chat} />
      <${Composer} chat=${chat} draft=${draft} onDraft=${setDraft} />
    </main>
    <${CommandPane} kind=${chat.kind} onTake=${take} />
  `
}

/** @param {{ chat: Chat }} props */
function Head({ chat }) {
  const { locale, person, people } = useAppState()
  const words = wordsFor(locale)
  const group = chat.kind === 'group'
  const names = people.filter((one) => chat.members.includes(one.id)).map((one) => one.name)
  return html`<header class="conversation-head">
    <button type="button" class="icon-button back" aria-label=${words.back} onClick=${() => goTo(person, null)}><${Icon} name="back" /></button>
    <${Avatar} id=${group ? chat.id : BOT} name=${chat.title ?? words.bot} group=${group} />
    <div>
      <h2>${chat.title ?? words.bot}</h2>
      <p>${group ? `${words.members(names.length + 1)} · ${[words.bot, ...names].join('、')}` : words.botRole}</p>
    </div>
  </header>`
}

function Connection() {
  const { online, locale } = useAppState()
  return html`<div role="status" class="connection" hidden=${online}>
    ${!online && html`<${Icon} name="offline" />${wordsFor(locale).offline}`}
  </div>`
}
