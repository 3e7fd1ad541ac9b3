import { useEffect, useState } from 'preact/hooks'

/** @import { State } from './types.ts' */

/** @type {State} */
let state = {
  phase: 'loading',
  people: [],
  zone: 'Asia/Shanghai',
  canAdvance: false,
  clock: { now: 0, advancing: false, takenAt: 0 },
  person: '',
  open: null,
  chats: [],
  revision: 0,
  outgoing: [],
  waiting: {},
  busy: {},
  pressed: null,
  quote: null,
  read: {},
  suggestions: { dm: [], group: [] },
  online: true,
  phone: false,
  locale: 'zh-CN',
  theme: 'auto',
  notice: null,
  spoken: '',
}

/** @type {Set<() => void>} */
const listeners = new Set()

/** The whole state of the page. */
export function getState() {
  return state
}

/**
 * Changes some of the state and draws again.
 * @param {Partial<State>} change
 */
export function setState(change) {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

/** The state, for a component that shall be drawn again when it changes. */
export function useAppState() {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((times) => times + 1)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
  return state
}

/** @param {State} from */
export function currentChat({ chats, open, phone }) {
  return chats.find((chat) => chat.key === open) ?? (phone ? null : (chats[0] ?? null))
}

/** The demo clock now, in UTC milliseconds. */
export function demoNow() {
  const { clock } = state
  return clock.now + (performance.now() - clock.takenAt)
}
