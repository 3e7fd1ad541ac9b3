import { z } from 'zod'
import type { InboundEvent } from '../../src/model/chat.ts'
import { QUESTION, readButton } from './buttons.ts'
import { WECOM } from './schema.ts'

/** What somebody thought of an answer: its id as we gave it, and the button that was pressed. */
export interface Feedback {
  readonly reply: string
  readonly verdict: 'good' | 'bad' | 'withdrawn'
}

/** What the robot was told, or why it is none of ours. */
export type RobotInbound =
  /** `task` names the pressed card; `replyUrl` takes one answer (callback mode). */
  | { readonly event: InboundEvent; readonly task: string | null; readonly replyUrl: string | null }
  | { readonly feedback: Feedback }
  /** Another connection of this robot has taken the place of ours. */
  | { readonly replaced: true }
  | { readonly ignored: 'malformed' | 'unknown-type' | 'unknown-button' }

const Item = z.object({ msgtype: z.string(), text: z.object({ content: z.string() }).optional() })
const Press = z.object({
  event_key: z.string().max(1024),
  task_id: z.string().min(1).max(128),
  selected_items: z
    .object({
      selected_item: z
        .array(
          z.object({ question_key: z.string(), option_ids: z.object({ option_id: z.array(z.string()) }) }),
        )
        .default([]),
    })
    .optional(),
})
const Message = z.object({
  msgid: z.string().min(1).max(150),
  /** Only in groups; case-sensitive. */
  chatid: z.string().min(1).max(200).optional(),
  chattype: z.enum(['single', 'group']).optional(),
  from: z.object({ userid: z.string().min(1).max(200) }).optional(),
  response_url: z.string().max(2048).optional(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  /** What was said, as WeCom has understood it. */
  voice: z.object({ content: z.string() }).optional(),
  mixed: z.object({ msg_item: z.array(Item) }).optional(),
  event: z
    .object({
      eventtype: z.string(),
      template_card_event: Press.optional(),
      feedback_event: z.object({ id: z.string().max(256), type: z.number().int() }).optional(),
    })
    .optional(),
})
type Message = z.infer<typeof Message>

const VERDICTS = new Map<number, Feedback['verdict']>([
  [1, 'good'],
  [2, 'bad'],
  [3, 'withdrawn'],
])

/** The encrypted part of the outer JSON. */
export function sealedJson(body: Buffer): string | null {
  const parsed = z.object({ encrypt: z.string().min(1) }).safeParse(parsedJson(body.toString('utf8')))
  return parsed.success ? parsed.data.encrypt : null
}

/** JSON as a value; null for what is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Published samples contain messages that are no JSON.
    return null
  }
}

/**
 * A message or event of the robot (developer documentation, paths 100719 and 101027) as one of the house; it counts as
 * said when it arrives. Ids of people stay as they came: encrypted ones keep their case.
 */
export function readRobotMessage(
  message: unknown,
  { robot, now }: { robot: string; now: number },
): RobotInbound {
  const parsed = Message.safeParse(message)
  if (!parsed.success) return { ignored: 'malformed' }
  const { event, chattype, chatid, from, msgid } = parsed.data
  if (event?.eventtype === 'disconnected_event') return { replaced: true }
  if (event?.eventtype === 'feedback_event') return feedbackOf(event.feedback_event)
  if (!from || !chattype || (chattype === 'group' && chatid === undefined)) return { ignored: 'malformed' }
  const where =
    chattype === 'group' && chatid !== undefined
      ? ({ kind: 'group', id: chatid } as const)
      : ({ kind: 'dm', id: from.userid } as const)
  const who = { platform: WECOM, id: from.userid, name: null }
  const common = { id: `${ROBOT_EVENT}${msgid}`, at: now, who, where }
  return event ? eventOf(parsed.data, common) : textOf(parsed.data, common, robot)
}

/** What the ids of the robot's events begin with, and those of a first visit. */
export const ROBOT_EVENT = 'bot:'
export const WELCOME_EVENT = `${ROBOT_EVENT}enter:`

type Common = Pick<InboundEvent, 'id' | 'at' | 'who' | 'where'>

function textOf(message: Message, common: Common, robot: string): RobotInbound {
  const words = wordsOf(message)
  if (words === null) return { ignored: 'unknown-type' }
  const text = withoutMention(words, robot)
  if (text === '') return { ignored: 'malformed' }
  return { event: { ...common, kind: 'text', text }, task: null, replyUrl: message.response_url ?? null }
}

function wordsOf({ msgtype, text, voice, mixed }: Message): string | null {
  if (msgtype === 'text') return text?.content ?? null
  if (msgtype === 'voice') return voice?.content ?? null
  if (msgtype !== 'mixed' || !mixed) return null
  const parts = mixed.msg_item.flatMap((item) => (item.text ? [item.text.content] : []))
  return parts.length > 0 ? parts.join('\n') : null
}

function eventOf({ event, response_url }: Message, common: Common): RobotInbound {
  const replyUrl = response_url ?? null
  if (event?.eventtype === 'enter_chat') {
    // WeCom tells of the first visit of every day; a person is greeted at the first one of all.
    const id = `${WELCOME_EVENT}${common.who.id}`
    return { event: { ...common, id, kind: 'joined' }, task: null, replyUrl }
  }
  const press = event?.template_card_event
  if (event?.eventtype !== 'template_card_event' || !press) return { ignored: 'unknown-type' }
  const chosen = press.selected_items?.selected_item.find((one) => one.question_key === QUESTION)
  const button = readButton(press.event_key, chosen?.option_ids.option_id[0] ?? null)
  if (!button) return { ignored: 'unknown-button' }
  return { event: { ...common, kind: 'action', ...button, update: null }, task: press.task_id, replyUrl }
}

function feedbackOf(told: { id: string; type: number } | undefined): RobotInbound {
  const verdict = told && VERDICTS.get(told.type)
  return told && verdict ? { feedback: { reply: told.id, verdict } } : { ignored: 'malformed' }
}

/** In a group every text has `@name` of the robot in it; names may contain spaces, so only the known one goes. */
function withoutMention(text: string, robot: string): string {
  return text.replaceAll(`@${robot}`, ' ').replace(/\s+/gu, ' ').trim()
}
