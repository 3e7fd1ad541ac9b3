import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import { advance } from './actions.js'
import { dateOf, timeOf } from './format.js'
import { Icon } from './icons.js'
import { goTo, setLocale, setTheme } from './session.js'
import { demoNow, useAppState } from './store.js'
import { wordsFor } from './words.js'

/** @import { Person, State } from './types.ts' */

const CLOCK_MS = 5_000
/** @type {Record<State['theme'], State['theme']>} */
const NEXT_THEME = { auto: 'light', light: 'dark', dark: 'auto' }

/** The stage around the chat: who one is, what time it is, and how the page looks. */
export function StageBar() {
  const { locale, theme } = useAppState()
  const words = wordsFor(locale)
  return html`<header class="stage">
    <h1 class="brand"><img src="assets/icon.svg" alt="" /><span>${words.bot}<small>${words.playground}</small></span></h1>
    <${Identity} />
    <${Clock} />
    <div class="stage-tools">
      <button type="button" class="icon-button language" aria-label=${words.language} title=${words.language} onClick=${() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>${locale === 'en' ? '中' : 'EN'}</button>
      <button type="button" class="icon-button" aria-label=${words.theme[theme]} title=${words.theme[theme]} onClick=${() => setTheme(NEXT_THEME[theme])}><${Icon} name=${theme} /></button>
    </div>
  </header>`
}

function Identity() {
  const { people, person, locale } = useAppState()
  const words = wordsFor(locale)
  const teams = Map.groupBy(people, (one) => one.team ?? words.noTeam)
  return html`<label class="identity">
    <span>${words.identity}</span>
    <select
      aria-label=${words.identity}
      onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => goTo(event.currentTarget.value, null)}
    >
      ${[...teams].map(
        ([team, members]) => html`<optgroup label=${team}>
          ${members.map((one) => html`<option value=${one.id} selected=${one.id === person}>${nameOf(one, words)}</option>`)}
        </optgroup>`,
      )}
    </select>
  </label>`
}

/**
 * @param {Person} person
 * @param {ReturnType<typeof wordsFor>} words
 */
function nameOf({ name, role }, words) {
  return `${name} · ${words.roles[role]}`
}

function Clock() {
  const { clock, canAdvance, zone, locale } = useAppState()
  const words = wordsFor(locale)
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((times) => times + 1), CLOCK_MS)
    return () => clearInterval(timer)
  }, [])
  const now = demoNow()
  return html`<div class="clock">
    <span class="clock-face" aria-label=${words.clock} role="timer"><span>${dateOf(now, zone, locale)}</span> <b>${timeOf(now, zone)}</b></span>
    ${
      canAdvance &&
      html`<button type="button" class="button primary advance" aria-label=${words.nextWorkday} title=${words.nextWorkday} aria-busy=${clock.advancing} disabled=${clock.advancing} onClick=${advance}>
        <${Icon} name="forward" /><span>${clock.advancing ? words.advancing : words.nextWorkday}</span>
      </button>`
    }
  </div>`
}
