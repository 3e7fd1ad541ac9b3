import { receive, receiveClock } from './actions.js'
import * as api from './api.js'
import { currentChat, getState, setState } from './store.js'

/** @import { Locale, State } from './types.ts' */

const RETRY_MS = 2_000

/** @type {EventSource | null} */
let stream = null
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry

/** Opens the page: preferences, who is there, the address, then the chats of the person named in it. */
export async function startSession() {
  const phone = matchMedia('(max-width: 720px)')
  setState({ phone: phone.matches, theme: storedTheme() })
  phone.addEventListener('change', () => setState({ phone: phone.matches }))
  addEventListener('hashchange', followAddress)
  document.addEventListener('visibilitychange', markRead)
  await openSession()
}

async function openSession() {
  try {
    const { people, clock, canAdvance, zone, locale } = await api.getSession()
    const chosen = localStorage.getItem('liuke.locale')
    setLocale(chosen === 'en' || chosen === 'zh-CN' ? chosen : locale, false)
    receiveClock(clock)
    setState({ phase: 'ready', people, canAdvance, zone })
    followAddress()
    if (people.length === 0) setTimeout(openSession, RETRY_MS)
  } catch {
    setState({ phase: 'failed' })
    setTimeout(openSession, RETRY_MS)
  }
}

/** The address says who one is and which chat is open, so that reload and the back button work. */
function followAddress() {
  const [, person = '', open] = location.hash.split('/').map(decodeURIComponent)
  const { people, person: before } = getState()
  const last = localStorage.getItem('liuke.person')
  const found = people.find((one) => one.id === person) ?? people.find((one) => one.id === last) ?? people[0]
  if (!found) return
  setState({ open: open ?? null })
  if (found.id !== before) void becomePerson(found.id)
  else markRead()
}

/**
 * @param {string} person
 * @param {string | null} chat
 */
export function goTo(person, chat) {
  const parts = chat === null ? [person] : [person, chat]
  location.hash = ['', ...parts.map(encodeURIComponent)].join('/')
  // The event comes later: until then a click would still be one of the chat that is left.
  followAddress()
}

/** @param {string} person */
async function becomePerson(person) {
  localStorage.setItem('liuke.person', person)
  setState({ person, chats: [], revision: 0, waiting: {}, busy: {}, read: storedRead(person) })
  await loadInbox(person)
}

/** @param {string} person */
async function loadInbox(person) {
  closeStream()
  try {
    const [inbox, dm, group] = await Promise.all([
      api.getInbox(person),
      api.getCommands(person, 'dm'),
      api.getCommands(person, 'group'),
    ])
    if (getState().person !== person) return
    setState({ ...inbox, suggestions: { dm, group }, online: true })
    openStream(person)
  } catch {
    if (getState().person !== person) return
    setState({ online: false })
    retry = setTimeout(() => void loadInbox(person), RETRY_MS)
  }
}

/** @param {string} person */
function openStream(person) {
  closeStream()
  const source = new EventSource(`api/stream?${api.query({ person, since: String(getState().revision) })}`)
  stream = source
  source.addEventListener('open', () => setState({ online: true }))
  source.addEventListener('message', (event) => {
    const message = JSON.parse(event.data)
    if (getState().chats.some((chat) => chat.key === message.chat)) receive(message)
    // A chat that did not exist when the page was opened.
    else void loadInbox(person)
  })
  source.addEventListener('clock', (event) => receiveClock(JSON.parse(event.data)))
  source.addEventListener('error', () => {
    if (stream !== source) return
    setState({ online: false })
    closeStream()
    // A new stream from the last revision seen, rather than the browser's own retry: that one gives up on a 503.
    retry = setTimeout(() => openStream(person), RETRY_MS)
  })
}

function closeStream() {
  clearTimeout(retry)
  stream?.close()
  stream = null
}

/** Remembers the newest message of the open chat as read, when somebody can see it. */
export function markRead() {
  const { person, read } = getState()
  const chat = currentChat(getState())
  const last = chat?.messages.at(-1)
  if (!chat || !last || document.visibilityState !== 'visible' || (read[chat.key] ?? 0) >= last.id) return
  const next = { ...read, [chat.key]: last.id }
  localStorage.setItem(`liuke.read.${person}`, JSON.stringify(next))
  setState({ read: next })
}

/**
 * @param {string} person
 * @returns {Record<string, number>}
 */
function storedRead(person) {
  try {
    return JSON.parse(localStorage.getItem(`liuke.read.${person}`) ?? '{}')
  } catch {
    return {}
  }
}

/**
 * @param {Locale} locale
 * @param {boolean} [remember]
 */
export function setLocale(locale, remember = true) {
  if (remember) localStorage.setItem('liuke.locale', locale)
  document.documentElement.lang = locale
  setState({ locale })
}

/** @returns {State['theme']} */
function storedTheme() {
  const theme = localStorage.getItem('liuke.theme')
  return theme === 'light' || theme === 'dark' ? theme : 'auto'
}

/** @param {State['theme']} theme */
export function setTheme(theme) {
  if (theme === 'auto') {
    localStorage.removeItem('liuke.theme')
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem('liuke.theme', theme)
    document.documentElement.dataset.theme = theme
  }
  setState({ theme })
}
