import { z } from 'zod'
import type { InboundEvent } from '../../src/model/chat.ts'
import { WECOM } from './schema.ts'

/** A message with the address for its answer, or why it is none of ours. */
export type RobotInbound =
  | { readonly event: InboundEvent & { readonly kind: 'text' }; readonly replyUrl: string | null }
  | { readonly ignored: 'malformed' | 'unknown-type' }

const Message = z.object({
  msgid: z.string().min(1).max(150),
  /** Only in groups; case-sensitive. */
  chatid: z.string().min(1).max(200).optional(),
  chattype: z.enum(['single', 'group']),
  from: z.object({ userid: z.string().min(1).max(200) }),
  response_url: z.string().max(2048).optional(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
})

/** The encrypted part of the outer JSON. */
export function sealedJson(body: Buffer): string | null {
  const parsed = z.object({ encrypt: z.string().min(1) }).safeParse(parsedJson(body.toString('utf8')))
  return parsed.success ? parsed.data.encrypt : null
}

/**
 * A decrypted message of the robot as an event of the house; it carries no time of its own. Ids of people stay as they
 * came: encrypted ones keep their case.
 */
export function readRobotMessage(
  message: string,
  { robot, now }: { robot: string; now: number },
): RobotInbound {
  const parsed = Message.safeParse(parsedJson(message))
  if (!parsed.success) return { ignored: 'malformed' }
  const { msgid, chatid, chattype, from, msgtype, text, response_url: replyUrl = null } = parsed.data
  if (msgtype !== 'text' || !text) return { ignored: 'unknown-type' }
  const said = withoutMention(text.content, robot)
  if (said === '' || (chattype === 'group' && chatid === undefined)) return { ignored: 'malformed' }
  const user = from.userid
  const where =
    chatid === undefined ? ({ kind: 'dm', id: user } as const) : ({ kind: 'group', id: chatid } as const)
  const who = { platform: WECOM, id: user, name: null }
  return { event: { id: `bot:${msgid}`, at: now, who, where, kind: 'text', text: said }, replyUrl }
}

/** In a group every text has `@name` of the robot in it; names may contain spaces, so only the known one goes. */
function withoutMention(text: string, robot: string): string {
  return text.replaceAll(`@${robot}`, ' ').replace(/\s+/gu, ' ').trim()
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Published samples contain messages that are no JSON.
    return null
  }
}
