import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { getState, setState } from './store.js'

/** @import { Row } from './types.ts' */

/** Closer than this to the end counts as reading the newest message. */
const NEAR_PX = 60
/** Air above a message that is scrolled to. */
const AIR_PX = 12
/** A card changes in place within this time of the message that comes with it. */
const IN_PLACE_MS = 400

/**
 * Scrolling as in chats.
 * @param {readonly Row[]} rows
 * @param {boolean} working
 */
export function useScroll(rows, working) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null))
  const atEnd = useRef(true)
  const before = useRef({ first: '', last: '', height: 0 })
  const [away, setAway] = useState(false)
  const [arrived, setArrived] = useState(0)
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
    else if (known.last !== last) follow(log)
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
    // On a phone the line that was pressed has gone with the list: the keyboard goes on from here.
    if (document.activeElement === document.body) log.focus({ preventScroll: true })
    return () => observer.disconnect()
  }, [])

  /** @param {HTMLElement} log */
  function follow(log) {
    const element = newest(log)
    if (atEnd.current || rows.at(-1)?.kind === 'outgoing') return reveal(log, element)
    setArrived((count) => count + 1)
    onAnswerElsewhere(() => {
      setArrived(0)
      reveal(log, element)
    })
  }

  function onScroll() {
    const log = ref.current
    if (!log) return
    atEnd.current = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_PX
    setAway(!atEnd.current)
    if (atEnd.current) setArrived(0)
  }

  function toEnd() {
    if (ref.current) reveal(ref.current, null)
  }

  return { ref, away, arrived, onScroll, toEnd }
}

/**
 * What a pressed button brought is shown when it stands below only. A card that changed in place has answered
 * already, and the reader goes on with its next button.
 * @param {() => void} show
 */
function onAnswerElsewhere(show) {
  const { pressed } = getState()
  if (!pressed) return
  setState({ pressed: null })
  setTimeout(() => {
    const chat = getState().chats.find((one) => one.key === pressed.chat)
    const card = chat?.messages.find((one) => one.id === pressed.id)
    if (card?.revision === pressed.revision) show()
  }, IN_PLACE_MS)
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
  return line instanceof HTMLElement ? line : newest(log)
}

/** @param {HTMLElement} log */
function newest(log) {
  const found = [...log.querySelectorAll('article')].at(-1)
  return found instanceof HTMLElement ? found : null
}
