import * as api from './api.js'
import { currentChat, demoNow, getState, setState } from './store.js'
import { answeredBy, BOT, mergeMessage } from './timeline.js'
import { wordsFor } from './words.js'

/** @import { CardAction } from '../../../src/model/card.ts' */
/** @import { ClockState, Message, Outgoing } from './types.ts' */

/** After this long without an answer a busy button or chat says so. */
const ANSWER_MS = 20_000
const NOTICE_MS = 5_000

/** @param {string} text */
export async function sendText(text) {
  const { person } = getState()
  const chat = currentChat(getState())
  if (!chat || text.trim() === '') return
  const id = crypto.randomUUID()
  const quote = quoteIn(chat.key)
  setState({ quote: null })
  await deliver({ id, person, chat: chat.key, text: text.trim(), at: demoNow(), failed: false, quote })
}

/**
 * The card of this chat that the next line replies to.
 * @param {string} chat
 */
export function quoteIn(chat) {
  const { quote } = getState()
  return quote?.chat === chat ? quote : null
}

/**
 * Sends a line, or one that failed once more: the server stores the same id once.
 * @param {Outgoing} outgoing
 */
export async function deliver(outgoing) {
  const { id, person, chat, text, quote } = outgoing
  replaceOutgoing(id, { ...outgoing, failed: false })
  try {
    const message = await api.postText({ id, person, chat, text, ...(quote && { replyTo: quote.message }) })
    replaceOutgoing(id, null)
    receive(message, false)
    waitFor(chat, `text:${person}:${id}`)
  } catch {
    replaceOutgoing(id, { ...outgoing, failed: true })
  }
}

/**
 * @param {string} id
 * @param {Outgoing | null} outgoing
 */
function replaceOutgoing(id, outgoing) {
  const others = getState().outgoing.filter((one) => one.id !== id)
  setState({ outgoing: outgoing ? [...others, outgoing] : others })
}

/**
 * @param {string} chat
 * @param {string} event the line as the server names it
 */
function waitFor(chat, event) {
  const { chats, waiting } = getState()
  const messages = chats.find((one) => one.key === chat)?.messages ?? []
  if (messages.some((one) => answeredBy(one) === event)) return
  setState({ waiting: { ...waiting, [chat]: event } })
  setTimeout(() => {
    if (getState().waiting[chat] === event) setState({ waiting: without(getState().waiting, chat) })
  }, ANSWER_MS)
}

/**
 * @param {number} message
 * @param {CardAction} button
 */
export function buttonKey(message, { action, payload }) {
  return `${message} ${action} ${JSON.stringify(payload)}`
}

/**
 * @param {Message} message
 * @param {CardAction} button
 */
export async function press(message, button) {
  const key = buttonKey(message.id, button)
  if (getState().busy[key]) return
  setState({ busy: { ...getState().busy, [key]: message.chat }, pressed: message })
  const { action, payload } = button
  try {
    const id = crypto.randomUUID()
    await api.postAction({ id, person: getState().person, message: message.id, action, payload })
    setTimeout(() => settle(key, wordsFor(getState().locale).noAnswer), ANSWER_MS)
  } catch (error) {
    const changed = error instanceof api.ApiError && error.code === 'conflict'
    settle(key, changed ? wordsFor(getState().locale).stale : sentenceOf(error))
  }
}

/**
 * @param {string} key
 * @param {string} sentence
 */
function settle(key, sentence) {
  if (!getState().busy[key]) return
  setState({ busy: without(getState().busy, key), pressed: null })
  notify(sentence)
}

/**
 * Takes in a message from the server, new or changed.
 * @param {Message} message
 * @param {boolean} [fromStream] its revision then counts as seen
 */
export function receive(message, fromStream = true) {
  const { chats, waiting, busy, revision } = getState()
  const chat = chats.find((one) => one.key === message.chat)
  const known = chat?.messages.find((one) => one.id === message.id)
  // A change of a message above the loaded ones is met again when scrolling up.
  const beyond = chat?.more && chat.messages[0] && message.id < chat.messages[0].id
  const owed = waiting[message.chat]
  setState({
    ...(fromStream ? { revision: Math.max(revision, message.revision) } : {}),
    chats: beyond
      ? chats
      : chats.map((one) =>
          one.key === message.chat ? { ...one, messages: mergeMessage(one.messages, message) } : one,
        ),
    // A push that arrives meanwhile is no answer.
    waiting: owed && answeredBy(message) === owed ? without(waiting, message.chat) : waiting,
    busy: message.sender === BOT ? withoutValue(busy, message.chat) : busy,
    ...(known && message.body.kind === 'card' && known.revision < message.revision
      ? { spoken: message.body.card.summary }
      : {}),
  })
}

/** @param {ClockState} clock */
export function receiveClock(clock) {
  setState({ clock: { ...clock, takenAt: performance.now() } })
}

/** Loads the page of messages above the oldest one shown. */
export async function loadEarlier() {
  const { person } = getState()
  const chat = currentChat(getState())
  const first = chat?.messages[0]
  if (!chat || !first) return
  try {
    const { messages, more } = await api.getEarlier(person, chat.key, first.id)
    setState({
      chats: getState().chats.map((one) =>
        one.key === chat.key ? { ...one, more, messages: messages.reduce(mergeMessage, one.messages) } : one,
      ),
    })
  } catch (error) {
    notify(sentenceOf(error))
  }
}

/**
 * Puts a text on the clipboard; a page that may not says how else.
 * @param {string} text
 */
export async function copyText(text) {
  const words = wordsFor(getState().locale)
  try {
    await navigator.clipboard.writeText(text)
    notify(words.copied)
  } catch {
    notify(words.copyFailed)
  }
}

/** Moves the demo clock to the next workday's morning. */
export async function advance() {
  const { clock } = getState()
  setState({ clock: { ...clock, now: demoNow(), takenAt: performance.now(), advancing: true } })
  try {
    receiveClock(await api.postNextWorkday())
  } catch (error) {
    receiveClock({ now: demoNow(), advancing: false })
    notify(sentenceOf(error))
  }
}

/**
 * What the server said, or that it cannot be reached.
 * @param {unknown} error
 */
function sentenceOf(error) {
  const said = error instanceof api.ApiError ? error.message : ''
  return said === '' ? wordsFor(getState().locale).unreachable : said
}

/** @param {string} sentence */
export function notify(sentence) {
  setState({ notice: sentence })
  setTimeout(() => {
    if (getState().notice === sentence) setState({ notice: null })
  }, NOTICE_MS)
}

/**
 * @template T
 * @param {Readonly<Record<string, T>>} record
 * @param {string} key
 */
function without(record, key) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

/**
 * @param {Readonly<Record<string, string>>} record
 * @param {string} value
 */
function withoutValue(record, value) {
  return Object.fromEntries(Object.entries(record).filter(([, one]) => one !== value))
}
