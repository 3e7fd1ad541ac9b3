import type { InboundEvent } from '../../src/model/chat.ts'
import type { Answers } from './aibot-answers.ts'
import { type Feedback, type RobotInbound, readRobotMessage } from './aibot-inbound.ts'
import type { RobotToken } from './aibot-token.ts'
import type { WecomAibotPorts } from './ports.ts'
import { createReplays } from './replay.ts'
import { wecomUser } from './schema.ts'

/** An event for the house, with what its answer needs. */
export type Asked = Extract<RobotInbound, { event: InboundEvent }> & {
  /** The person's id as WeCom gave it: encrypted, where the event has the account. */
  readonly from: string
}

export interface Intake {
  /** What there is to take: an event with its person's account, or null for what is counted and forgotten. */
  read(message: unknown): Promise<Asked | { readonly replaced: true } | null>
  /** Stores an event once, with the way to answer it. @throws what storing it throws */
  store(asked: Asked, way: string | null, update: RobotToken | null): Promise<void>
  /** Messages that were no messages, by reason. */
  refused(): Readonly<Record<string, number>>
  /** What people thought of answers since the start. */
  feedback(): Readonly<Partial<Record<Feedback['verdict'], number>>>
}

type Accept = (event: InboundEvent) => Promise<void>

/** WeCom repeats a message within minutes; the inbox knows it for longer. */
const REPEAT_MS = 10 * 60_000
const MAX_REPEATS = 10_000

/** The way of everything the robot hears, in either mode. `accept` is asked when an event is stored. */
export function createIntake(
  { settings, log, clock, userOf }: Pick<WecomAibotPorts, 'settings' | 'log' | 'clock' | 'userOf'>,
  answers: Pick<Answers, 'add'>,
  accept: () => Accept,
): Intake {
  const replays = createReplays(clock, REPEAT_MS, MAX_REPEATS)
  const ignored = new Map<string, number>()
  const verdicts = new Map<Feedback['verdict'], number>()

  function hearFeedback({ reply, verdict }: Feedback): null {
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    log.info({ reply, verdict }, 'somebody judged an answer of the WeCom robot')
    return null
  }

  function ignore(reason: string): null {
    if (reason === 'malformed') ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
    log.debug({ reason }, 'a WeCom robot message was ignored')
    return null
  }

  return {
    async read(message) {
      const inbound = readRobotMessage(message, { robot: settings.name, now: clock.now() })
      if ('ignored' in inbound) return ignore(inbound.ignored)
      if ('feedback' in inbound) return hearFeedback(inbound.feedback)
      if ('replaced' in inbound) return inbound
      const { event } = inbound
      const id = wecomUser(await userOf(event.who.id))
      const where = event.where.kind === 'dm' ? ({ kind: 'dm', id } as const) : event.where
      return { ...inbound, from: event.who.id, event: { ...event, who: { ...event.who, id }, where } }
    },
    async store({ event }, way, update) {
      await replays.once(event.id, async () => {
        if (way !== null) await answers.add(event.where.id, { event: event.id, way })
        await accept()(event.kind === 'action' ? { ...event, update } : event)
        return null
      })
    },
    refused: () => Object.fromEntries(ignored),
    feedback: () => Object.fromEntries(verdicts),
  }
}

/** What a pressed card needs to be changed; null for what is no press. `way`: see `RobotToken`. */
export function pressToken({ event, task }: Asked, way: string, at: number): RobotToken | null {
  return task === null ? null : { robot: event.id, task, way, at }
}
