import { html } from 'htm/preact'
import { useAppState } from './store.js'
import { wordsFor } from './words.js'

/** @import { Suggestion } from './types.ts' */

const MAX_SHOWN = 7

/**
 * Commands whose Chinese word, alias or English name begins with what is typed. A slash alone lists all.
 * @param {readonly Suggestion[]} commands
 * @param {string} draft
 * @returns {readonly Suggestion[]}
 */
export function matching(commands, draft) {
  const typed = draft.trimStart().toLowerCase()
  if (typed === '' || typed.includes('\n')) return []
  const slash = /^[/／]/.test(typed)
  const word = slash ? typed.slice(1) : typed
  if (word === '') return slash ? commands : []
  return commands
    .filter(({ text, aliases }) =>
      [text.trimEnd(), ...aliases].some((name) => {
        const known = name.toLowerCase()
        return known.startsWith(word) && (known !== word || text.endsWith(' '))
      }),
    )
    .slice(0, MAX_SHOWN)
}

/** @param {{ found: readonly Suggestion[], chosen: number, onTake: (one: Suggestion) => void }} props */
export function SuggestionList({ found, chosen, onTake }) {
  const { locale } = useAppState()
  return html`<ul
    id="suggestions"
    class="suggestions"
    role="listbox"
    aria-label=${wordsFor(locale).commands}
    hidden=${found.length === 0}
  >
    ${found.map(
      (one, index) => html`<li
        id=${`suggestion-${index}`}
        key=${one.text}
        role="option"
        aria-selected=${index === chosen}
        onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}
        onClick=${() => onTake(one)}
      >
        <b>${one.text.trim()}</b><span>${one.hint}</span>${one.example.trim() !== one.text.trim() && html`<code>${one.example}</code>`}
      </li>`,
    )}
  </ul>`
}
