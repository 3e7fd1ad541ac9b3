import { html } from 'htm/preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { quoteIn, sendText } from './actions.js'
import { Icon } from './icons.js'
import { setState, useAppState } from './store.js'
import { matching, SuggestionList } from './suggestions.js'
import { wordsFor } from './words.js'

/** @import { Chat, Suggestion } from './types.ts' */

const MAX_LENGTH = 2000
const MAX_HEIGHT_PX = 140
const SHORTCUTS = 7

/**
 * Where one writes: Enter sends, Shift+Enter breaks the line, matching commands show while typing.
 * @param {{ chat: Chat, draft: string, onDraft: (text: string) => void }} props
 */
export function Composer({ chat, draft, onDraft }) {
  const { suggestions, locale } = useAppState()
  const words = wordsFor(locale)
  const commands = suggestions[chat.kind]
  const input = useRef(/** @type {HTMLTextAreaElement | null} */ (null))
  const [chosen, setChosen] = useState(-1)
  const [closed, setClosed] = useState(false)
  const found = closed ? [] : matching(commands, draft)
  useEffect(() => grow(input.current), [draft])

  /** @param {string} text */
  function write(text) {
    onDraft(text)
    setChosen(-1)
    setClosed(false)
  }

  function submit() {
    if (draft.trim() === '') return
    void sendText(draft)
    write('')
  }

  /** @param {Suggestion} suggestion */
  function take(suggestion) {
    write(suggestion.text)
    input.current?.focus()
    if (!suggestion.text.endsWith(' ')) setClosed(true)
  }

  /**
   * What needs no more words is sent at once.
   * @param {Suggestion} command
   */
  function shortcut(command) {
    if (command.text.endsWith(' ')) take(command)
    else void sendText(command.text)
  }

  /**
   * Keys that belong to the list of suggestions while it is open.
   * @param {KeyboardEvent} event
   */
  function keyForList(event) {
    const suggestion = found[Math.max(chosen, 0)]
    if (!suggestion) return false
    const { key } = event
    if (key === 'ArrowDown') setChosen((chosen + 1) % found.length)
    else if (key === 'ArrowUp') setChosen((Math.max(chosen, 0) + found.length - 1) % found.length)
    else if (key === 'Escape') setClosed(true)
    else if ((key === 'Tab' && !event.shiftKey) || (key === 'Enter' && chosen >= 0)) take(suggestion)
    else return false
    return true
  }

  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    // While an input method composes, its keys are its own.
    if (event.isComposing || event.key === 'Process') return
    if (!keyForList(event)) {
      if (event.key !== 'Enter' || event.shiftKey) return
      submit()
    }
    event.preventDefault()
  }

  return html`<form
    class="composer"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault()
      submit()
    }}
  >
    <${SuggestionList} found=${found} chosen=${chosen} onTake=${take} />
    <${QuoteBar} chat=${chat} />
    <div class="shortcuts">
      ${commands
        .slice(0, SHORTCUTS)
        .map(
          (command) =>
            html`<button type="button" class="chip" title=${command.hint} onClick=${() => shortcut(command)}>${command.text.trim()}</button>`,
        )}
    </div>
    <div class="compose-line">
      <textarea
        ref=${input}
        rows="1"
        maxlength=${MAX_LENGTH}
        aria-label=${words.message}
        aria-autocomplete="list"
        aria-controls="suggestions"
        aria-activedescendant=${found[chosen] ? `suggestion-${chosen}` : undefined}
        placeholder=${chat.kind === 'group' ? words.groupPlaceholder : words.placeholder(words.bot)}
        enterkeyhint="send"
        autocomplete="off"
        value=${draft}
        onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ event) => write(event.currentTarget.value)}
        onKeyDown=${onKeyDown}
        onBlur=${() => setClosed(true)}
        onFocus=${() => setClosed(false)}
      ></textarea>
      <button type="submit" class="send" aria-label=${words.send} disabled=${draft.trim() === ''}>
        <${Icon} name="send" /><span>${words.send}</span>
      </button>
    </div>
  </form>`
}

/** @param {{ chat: Chat }} props */
function QuoteBar({ chat }) {
  const { locale } = useAppState()
  const words = wordsFor(locale)
  const quote = quoteIn(chat.key)
  return html`<div class="quote-bar" role="status" hidden=${!quote}>
    ${
      quote &&
      html`<span>${words.replyingTo(quote.title)}</span>
        <button type="button" class="link" onClick=${() => setState({ quote: null })}>${words.noReply}</button>`
    }
  </div>`
}

/** @param {HTMLTextAreaElement | null} box */
function grow(box) {
  if (!box) return
  box.style.height = 'auto'
  box.style.height = `${Math.min(box.scrollHeight, MAX_HEIGHT_PX)}px`
}
