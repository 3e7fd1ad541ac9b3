import { dateKey } from './format.js'

/** @import { Chat, Message, Outgoing, Row } from './types.ts' */

export const BOT = '@liuke'
/** Lines of one sender within this time stand together under one head. */
const GROUP_MS = 5 * 60_000

/**
 * The conversation as rows: day separators, the line above new messages, messages with or without a head.
 * @param {{ messages: readonly Message[], outgoing: readonly Outgoing[], zone: string, readUpTo: number, me: string }} input
 * @returns {Row[]}
 */
export function timeline({ messages, outgoing, zone, readUpTo, me }) {
  const failed = new Set(outgoing.filter((one) => one.failed).map(keyOf))
  const stored = new Set(messages.map((one) => one.key))
  /** @type {Row[]} */
  const rows = []
  let day = ''
  let sender = ''
  let last = 0
  let marked = readUpTo === 0

  /** @param {number} at */
  function startDay(at) {
    const key = dateKey(at, zone)
    if (key === day) return
    day = key
    sender = ''
    rows.push({ kind: 'day', key: `day-${key}-${rows.length}`, at })
  }

  /**
   * @param {string} who
   * @param {number} at
   */
  function isHead(who, at) {
    const head = who !== sender || at - last > GROUP_MS
    sender = who
    last = at
    return head
  }

  for (const message of messages) {
    // Stored but not handed on: it shows once, as failed.
    if (failed.has(message.key)) continue
    startDay(message.at)
    if (!marked && message.id > readUpTo && message.sender !== me) {
      marked = true
      sender = ''
      rows.push({ kind: 'new', key: 'new' })
    }
    rows.push({ kind: 'message', key: `m${message.id}`, message, head: isHead(message.sender, message.at) })
  }
  for (const one of outgoing) {
    // The stream may bring the stored line before the answer to its POST.
    if (!one.failed && stored.has(keyOf(one))) continue
    startDay(one.at)
    rows.push({ kind: 'outgoing', key: one.id, outgoing: one, head: isHead(me, one.at) })
  }
  return rows
}

/**
 * The key under which the server stores a line.
 * @param {Outgoing} outgoing
 */
function keyOf({ person, id }) {
  return `in:${person}:${id}`
}

/**
 * Messages of others that this person has not seen.
 * @param {Chat} chat
 * @param {number} readUpTo
 * @param {string} me
 */
export function unreadIn({ messages }, readUpTo, me) {
  return messages.filter((message) => message.id > readUpTo && message.sender !== me).length
}

/**
 * The list with one message added or replaced, in order of id.
 * @param {readonly Message[]} messages
 * @param {Message} message
 * @returns {readonly Message[]}
 */
export function mergeMessage(messages, message) {
  const at = messages.findIndex((one) => one.id >= message.id)
  if (at < 0) return [...messages, message]
  const known = messages[at]
  if (known?.id !== message.id) return [...messages.slice(0, at), message, ...messages.slice(at)]
  if (known.revision >= message.revision) return messages
  return messages.map((one) => (one.id === message.id ? message : one))
}

/**
 * The event that a message of Liuke answers; undefined for a push.
 * @param {Message} message
 */
export function answeredBy({ body }) {
  return body.kind === 'card' ? body.answers : undefined
}

/**
 * One line of text for the chat list.
 * @param {Message} message
 */
export function preview({ body }) {
  return body.kind === 'text' ? body.text : body.card.summary
}
