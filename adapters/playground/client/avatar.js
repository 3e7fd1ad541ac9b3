import { html } from 'htm/preact'
import { Icon } from './icons.js'
import { BOT } from './timeline.js'

const HUES = 8

/**
 * A person's initials on a colour that follows from the id; Liuke's own mark; a drawing for groups.
 * @param {{ id: string, name: string, group?: boolean }} props
 */
export function Avatar({ id, name, group = false }) {
  if (id === BOT)
    return html`<span class="avatar avatar-bot" aria-hidden="true"><img src="assets/icon.svg" alt="" /></span>`
  const hue = [...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUES
  return html`<span class=${`avatar hue-${hue}`} aria-hidden="true">${group ? html`<${Icon} name="group" />` : initials(name)}</span>`
}

/**
 * 王晓明 → 晓明, Ann Lee → AL
 * @param {string} name
 */
function initials(name) {
  const words = name.trim().split(/\s+/)
  const [first = '', second = ''] = words
  if (words.length > 1) return `${[...first][0] ?? ''}${[...second][0] ?? ''}`.toUpperCase()
  const letters = [...first]
  return /^[\x20-\x7e]+$/.test(first)
    ? letters.slice(0, 2).join('').toUpperCase()
    : letters.slice(-2).join('')
}
