/** @import { Chat, ClockState, Message, Session, Suggestion } from './types.ts' */

/** What the server refused, or null code when it could not be reached. */
export class ApiError extends Error {
  /**
   * @param {string | null} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    /** @type {string | null} */
    this.code = code
  }
}

/** @returns {Promise<Session>} */
export const getSession = () => call('api/session')

/**
 * @param {string} person
 * @returns {Promise<{ revision: number, chats: Chat[] }>}
 */
export const getInbox = (person) => call(`api/inbox?${query({ person })}`)

/**
 * @param {string} person
 * @param {string} chat
 * @param {number} before
 * @returns {Promise<{ messages: Message[], more: boolean }>}
 */
export const getEarlier = (person, chat, before) =>
  call(`api/messages?${query({ person, chat, before: String(before) })}`)

/**
 * @param {string} person
 * @param {'dm' | 'group'} chat
 * @returns {Promise<Suggestion[]>}
 */
export const getCommands = (person, chat) => call(`api/commands?${query({ person, chat })}`)

/**
 * @param {{ id: string, person: string, chat: string, text: string, replyTo?: number }} body
 * @returns {Promise<Message>}
 */
export const postText = (body) => call('api/text', body)

/**
 * @param {{ id: string, person: string, message: number, action: string, payload: object }} body
 * @returns {Promise<unknown>}
 */
export const postAction = (body) => call('api/action', body)

/** @returns {Promise<ClockState>} */
export const postNextWorkday = () => call('api/next-workday', {})

/** @param {Record<string, string>} values */
export function query(values) {
  return new URLSearchParams(values).toString()
}

/**
 * @param {string} path
 * @param {object} [body] given: a POST
 */
async function call(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(path, options).catch(() => {
    throw new ApiError(null, '')
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiError(answer.error ?? 'bug', answer.message ?? '')
  return answer
}
