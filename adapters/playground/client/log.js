import { html } from 'htm/preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { loadEarlier } from './actions.js'
import { Icon } from './icons.js'
import { RowView, Working } from './message.js'
import { markRead } from './session.js'
import { useAppState } from './store.js'
import { timeline } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { Chat, Row } from './types.ts' */

/** Closer than this to the end counts as reading the newest message. */
const NEAR_PX = 60
/** Air above a message that is scrolled to. */
const AIR_PX = 12

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
  const { ref, away, onScroll, toEnd } = useScroll(rows, working)
  useEffect(markRead)

  return html`<div class="log-frame">
    <div class="log" role="log" aria-label=${words.messages} tabindex="0" ref=${ref} onScroll=${onScroll}>
      ${chat.more && html`<button type="button" class="button small earlier" onClick=${loadEarlier}>${words.earlier}</button>`}
      ${rows.length === 0 && html`<p class="empty">${words.emptyChat}</p>`}
      ${rows.map((row) => html`<${RowView} key=${row.key} row=${row} />`)}
      ${working && html`<${Working} />`}
    </div>
    ${away && html`<button type="button" class="to-bottom" aria-label=${words.toBottom} onClick=${toEnd}><${Icon} name="down" /></button>`}
  </div>`
}

/**
 * Scrolling as in chats.
 * @param {readonly Row[]} rows
 * @param {boolean} working
 */
function useScroll(rows, working) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null))
  const atEnd = useRef(true)
  const before = useRef({ first: '', last: '', height: 0 })
  const [away, setAway] = useState(false)
  const messages = rows.filter((row) => row.kind === 'message' || row.kind === 'outgoing')
  const first = messages[0]?.key ?? ''
  const last = messages.at(-1)?.key ?? ''

  useLayoutEffect(() => {
    const log = ref.current
    if (!log) return
    const known = before.current
    const prepended = known.last !== '' && known.first !== first && known.last === last
    if (known.last === '') reveal(log, firstUnread(log))
    else if (prepended) log.scrollTop += log.scrollHeight - known.height
    else if (known.last !== last && (atEnd.current || rows.at(-1)?.kind === 'outgoing'))
      reveal(log, newest(log, 1))
    else if (working && atEnd.current) reveal(log, null)
    before.current = { first, last, height: log.scrollHeight }
  }, [first, last, working])

  useEffect(() => {
    const log = ref.current
    if (!log) return
    // The keyboard of a phone or a growing text box makes the log smaller: its end stays in view.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) reveal(log, null)
    })
    observer.observe(log)
    return () => observer.disconnect()
  }, [])

  function onScroll() {
    const log = ref.current
    if (!log) return
    atEnd.current = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_PX
    setAway(!atEnd.current)
  }

  function toEnd() {
    if (ref.current) reveal(ref.current, null)
  }

  return { ref, away, onScroll, toEnd }
}

/**
 * Scrolls to the end, but not past the top of `element`: a tall card is read from its head.
 * @param {HTMLElement} log
 * @param {HTMLElement | null} element
 */
function reveal(log, element) {
  const end = log.scrollHeight - log.clientHeight
  log.scrollTop = element ? Math.min(end, headOf(element).offsetTop - AIR_PX) : end
}

/**
 * The lines that stand right above a message (day, new messages) belong to it.
 * @param {HTMLElement} element
 * @returns {HTMLElement}
 */
function headOf(element) {
  const above = element.previousElementSibling
  return above instanceof HTMLElement && above.matches('.separator') ? headOf(above) : element
}

/** @param {HTMLElement} log */
function firstUnread(log) {
  const line = log.querySelector('.fresh')
  return line instanceof HTMLElement ? line : newest(log, 1)
}

/**
 * @param {HTMLElement} log
 * @param {number} fromEnd
 */
function newest(log, fromEnd) {
  const found = [...log.querySelectorAll('article')].at(-fromEnd)
  return found instanceof HTMLElement ? found : null
}
