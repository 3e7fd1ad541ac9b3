import { html } from 'htm/preact'
import { useAppState } from './store.js'
import { wordsFor } from './words.js'

/**
 * On a wide screen: what one can ask in this chat, ready to be taken over.
 * @param {{ kind: 'dm' | 'group', onTake: (text: string) => void }} props
 */
export function CommandPane({ kind, onTake }) {
  const { suggestions, locale } = useAppState()
  const words = wordsFor(locale)
  const commands = suggestions[kind]
  if (commands.length === 0) return null
  return html`<aside class="command-pane" aria-label=${words.tryThis}>
    <h2>${words.tryThis}</h2>
    <ul role="list">
      ${commands.map(
        (one) => html`<li>
          <button type="button" title=${words.commandHelp} onClick=${() => onTake(one.text)}>
            <b>${one.text}</b><span>${one.hint}</span>
          </button>
        </li>`,
      )}
    </ul>
  </aside>`
}
