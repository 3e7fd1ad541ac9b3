import { asAppError } from '../../src/errors.ts'
import type { ContactBehaviour } from '../../src/model/address-book.ts'
import type { Api } from './api.ts'

const DAY_MS = 86_400_000
/** The platform takes a span of 30 days at most and keeps half a year. */
const MAX_SPAN_MS = 29 * DAY_MS
const KEPT_MS = 179 * DAY_MS

/**
 * What one member did in WeChat from a day to a day, both included; days that the platform keeps no more are left out.
 * Several members in one call would be added up, so each is asked for alone. Null: the platform refuses this member.
 */
export async function readBehaviour(
  api: Api,
  user: string,
  span: { readonly from: number; readonly to: number },
): Promise<ContactBehaviour[] | null> {
  const days: ContactBehaviour[] = []
  const first = Math.max(span.from, span.to - KEPT_MS)
  for (let from = first; from <= span.to; from += MAX_SPAN_MS + DAY_MS) {
    const part = await partOf(api, user, from, Math.min(span.to, from + MAX_SPAN_MS))
    if (part === null) return null
    days.push(...part)
  }
  return days
}

async function partOf(api: Api, user: string, from: number, to: number): Promise<ContactBehaviour[] | null> {
  try {
    const rows = await api.behaviourOf(user, Math.floor(from / 1000), Math.floor(to / 1000))
    return rows.map((row) => ({
      at: row.stat_time * 1000,
      chats: row.chat_cnt ?? null,
      messages: row.message_cnt ?? null,
      replyPercent: row.reply_percentage ?? null,
      replyMinutes: row.avg_reply_time ?? null,
      negative: row.negative_feedback_cnt ?? null,
    }))
  } catch (error) {
    const { kind } = asAppError(error).data
    if (kind === 'recipient' || kind === 'customer') return null
    throw error
  }
}
