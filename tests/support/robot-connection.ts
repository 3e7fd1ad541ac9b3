import { expect } from 'vitest'
import type { InboundEvent } from '../../src/model/chat.ts'
import { settle } from './dingtalk-stream.ts'
import { eventually } from './eventually.ts'
import { type SteppedClock, steppedClock } from './stepped-clock.ts'
import { MONDAY_9AM } from './test-ctx.ts'
import { type AibotCase, aibotCase } from './wecom-aibot.ts'

export const CHAT = 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw'
export const GROUP = { platform: 'wecom', kind: 'group', id: CHAT } as const
export const LI = { platform: 'wecom', kind: 'dm', id: 'lijing' } as const
export const BUTTONS = [{ action: 'mine', label: '看我的', payload: { page: 1 } }]

export interface Started extends AibotCase {
  readonly clock: SteppedClock
  readonly events: InboundEvent[]
  /** Resolves with the event of this id. */
  heard(id: string): Promise<InboundEvent>
}

/** The robot on its long connection; time passes only where the test moves it. */
export async function withRobot(
  work: (one: Started) => Promise<void>,
  more: Parameters<typeof aibotCase>[1] = {},
): Promise<void> {
  const clock = steppedClock(MONDAY_9AM, settle)
  const one = await aibotCase(clock, more, 'connection')
  const events: InboundEvent[] = []
  const heard = (id: string) =>
    eventually(() => {
      const event = events.find((each) => each.id === id)
      if (!event) throw new Error(`not heard: ${id}`)
      return event
    })
  await one.adapter.start(async (event) => void events.push(event))
  await work({ ...one, clock, events, heard })
  await one.close()
  expect(clock.sleepers).toBe(0)
}

export const says = (id: string, text = '流失 本月') => ({ id, user: 'LiJing', text, chat: CHAT })
export const answering = (event: InboundEvent) => ({ ...GROUP, answers: event.id })

export async function ask({ fake, heard }: Started, id: string): Promise<InboundEvent> {
  fake.robot.say(says(id))
  return heard(`bot:${id}`)
}
