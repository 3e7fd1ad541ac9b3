import { TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream'
import { AppError } from '../../src/errors.ts'
import type { Chat, InboundEvent } from '../../src/model/chat.ts'
import type { Api } from './api.ts'
import { type Inbound, type ReplyAddress, readCardCallback, readRobotMessage } from './inbound.ts'
import type { Handler, Reply } from './link.ts'
import type { DingtalkPorts } from './ports.ts'
import type { Quota } from './quota.ts'
import { createRepeatedPresses } from './repeated-presses.ts'
import type { Webhooks } from './webhooks.ts'

export interface Intake {
  readonly handlers: ReadonlyMap<string, Handler>
  /** Frames that were refused or ignored since the start, by reason. */
  refused(): Readonly<Record<string, number>>
  /** Resolves when the hints that were due have been sent. */
  settled(): Promise<void>
}

export type IntakeParts = Pick<DingtalkPorts, 'settings' | 'words' | 'log' | 'clock'> & {
  readonly webhooks: Webhooks
  readonly quota: Pick<Quota, 'spend'>
  readonly api: Pick<Api, 'answerWebhook'>
  /** Resolves once the event is stored. */
  readonly take: (event: InboundEvent) => Promise<void>
  readonly overQuota: () => void
}

/** A press must be answered within 2 s; the new state of the card follows as an update. */
const CARD_ANSWER_MS = 1_500

/** What arrives over the stream: messages to the robot, and presses on cards. */
export function createIntake(parts: IntakeParts): Intake {
  const { settings, log, clock, webhooks, quota } = parts
  const hints = new Set<Promise<void>>()
  const refused = new Map<string, number>()
  const sameAgain = createRepeatedPresses()

  function countRefused(reason: string): void {
    refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }

  async function handle(inbound: Inbound): Promise<Reply['code']> {
    quota.spend('stream')
    switch (inbound.kind) {
      case 'refused':
        countRefused(inbound.reason)
        log.warn({ reason: inbound.reason }, 'a DingTalk frame was refused')
        return 400
      case 'over-quota':
        parts.overQuota()
        return 200
      case 'ignored':
        countRefused(inbound.reason)
        log.debug({ reason: inbound.reason }, 'a DingTalk message was ignored')
        return 200
      case 'no-words':
        remember(inbound.where, inbound.reply)
        hint(inbound.where)
        return 200
      case 'event':
        remember(inbound.event.where, inbound.reply)
        await parts.take(sameAgain(inbound.event))
        return 200
    }
  }

  function remember(where: Chat, reply: ReplyAddress | null): void {
    if (reply) webhooks.remember(where, reply)
  }

  function hint(where: Chat): void {
    const url = webhooks.find(where)
    if (!url) return
    const done = parts.api
      .answerWebhook(url, { msgtype: 'text', text: { content: parts.words.textOnly } })
      .catch((error: unknown) => log.warn({ error }, 'a hint could not be sent'))
      .finally(() => hints.delete(done))
    hints.add(done)
  }

  /** Stored or not: a press that is answered late has failed for whoever pressed. */
  async function inTime(work: Promise<Reply['code']>): Promise<Reply['code']> {
    const done = new AbortController()
    const late = clock.sleep(CARD_ANSWER_MS, done.signal).then(() => {
      throw new AppError('busy', 'a press could not be stored in time')
    })
    late.catch(() => undefined)
    try {
      return await Promise.race([work, late])
    } finally {
      done.abort()
    }
  }

  const robot: Handler = async ({ data }) => ({
    code: await handle(readRobotMessage(data, settings.corpId)),
    response: null,
  })

  const card: Handler = async ({ data, headers }) => {
    const at = Number(headers.time) || clock.now()
    const work = handle(readCardCallback(data, settings.corpId, at))
    work.catch(() => undefined)
    return { code: await inTime(work), response: { success: true } }
  }

  return {
    handlers: new Map([
      [TOPIC_ROBOT, robot],
      [TOPIC_CARD, card],
    ]),
    refused: () => Object.fromEntries(refused),
    async settled() {
      await Promise.all(hints)
    },
  }
}
