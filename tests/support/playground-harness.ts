import { randomUUID } from 'node:crypto'
import { createPlayground, type PlaygroundPorts } from '../../adapters/playground/index.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { startHttp } from '../../src/http/app.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, InboundEvent } from '../../src/model/chat.ts'
import { PLAYGROUND } from '../../src/model/playground.ts'
import { playgroundHistory } from '../../src/store/playground-messages.ts'
import { PNG } from './png.ts'
import { churn, contacted, digest, why } from './sample-cards.ts'
import { MONDAY_9AM, sqliteCtx } from './test-ctx.ts'

export const PEOPLE = [
  { id: 'rep-1', name: '王晓明', role: 'rep', team: '华东一组' },
  { id: 'rep-2', name: '李静', role: 'rep', team: '华东一组' },
  { id: 'lead-1', name: '陈立', role: 'lead', team: '华东一组' },
  { id: 'rep-3', name: '欧阳若兰', role: 'rep', team: '华南组' },
  { id: 'admin', name: '赵敏', role: 'admin', team: null },
] as const

const GROUPS = [
  { id: 'team-1', title: '华东一组', members: ['rep-1', 'rep-2', 'lead-1', 'admin'] },
  { id: 'team-2', title: '华南组', members: ['rep-3', 'admin'] },
]

const COMMANDS = [
  { text: '我的', aliases: ['mine', 'wode'], hint: '今天该做什么', example: '我的' },
  { text: '名单', aliases: ['list'], hint: '我的风险客户', example: '名单' },
  { text: '客户 ', aliases: ['customer'], hint: '一个客户的全貌', example: '客户 华联超市' },
  { text: '为什么 ', aliases: ['why'], hint: '风险从哪来', example: '为什么 华联超市' },
  { text: '跟进 ', aliases: ['log'], hint: '记一次跟进', example: '跟进 华联超市 有效 下周三再谈' },
  { text: '流失 ', aliases: ['churn'], hint: '流失率', example: '流失 本月' },
  { text: '帮助', aliases: ['help'], hint: '我能做什么', example: '帮助' },
]

/** What the stand-in for the house answers to a word. */
const ANSWERS: Readonly<Record<string, Card>> = { 为什么: why, 流失: churn, 名单: digest, 我的: digest }

export interface Harness {
  readonly url: string
  readonly adapter: Adapter
  readonly clock: MovableClock
  readonly events: InboundEvent[]
  push(person: string, card: Card): Promise<void>
  stop(): Promise<void>
}

export function fakePorts(ctx: Awaited<ReturnType<typeof sqliteCtx>>, clock: MovableClock): PlaygroundPorts {
  return {
    log: ctx.log,
    clock,
    zone: 'Asia/Shanghai',
    locale: 'zh-CN',
    history: playgroundHistory({ ...ctx, clock }),
    drawChart: async () => PNG,
    people: async () => [...PEOPLE],
    groups: async () => GROUPS,
    commands: async () => COMMANDS,
    nextWorkday: null,
  }
}

/** The playground over HTTP with canned answers instead of the house: for its own tests. */
export async function startHarness(
  options: { port?: number; file?: string; answerMs?: number } = {},
): Promise<Harness> {
  const clock = movableClock(MONDAY_9AM - Date.now())
  const settings = { playground: { enabled: true }, http: { port: options.port ?? 0 } }
  const ctx = await sqliteCtx(options.file ? { settings, file: options.file } : { settings })
  const events: InboundEvent[] = []
  const ports: PlaygroundPorts = {
    ...fakePorts(ctx, clock),
    async nextWorkday() {
      clock.advanceTo(clock.now() + 86_400_000)
      await push('rep-1', digest)
    },
  }
  const adapter = createPlayground(ports)

  async function push(person: string, card: Card): Promise<void> {
    const to: Address = { platform: PLAYGROUND, kind: 'dm', id: person }
    await adapter.send(to, card, randomUUID())
  }

  async function answer(event: InboundEvent): Promise<void> {
    await clock.sleep(options.answerMs ?? 0)
    const to: Address = {
      platform: PLAYGROUND,
      kind: event.where.kind,
      id: event.where.id,
      answers: event.id,
    }
    if (event.kind === 'action' && event.action === 'contacted' && event.update) {
      await adapter.update(event.update, contacted)
    } else if (event.kind === 'action' && event.action === 'snooze' && event.update) {
      await adapter.send(to, contacted, event.id)
      await adapter.update(event.update, { ...digest, notes: ['已改'] })
    } else if (event.kind === 'action') await adapter.send(to, why, event.id)
    else if (event.kind === 'text')
      await adapter.send(to, ANSWERS[event.text.slice(0, 3).trim()] ?? why, event.id)
  }

  await adapter.start(async (event) => {
    events.push(event)
    void answer(event)
  })
  const http = await startHttp({ ...ctx, clock }, [adapter])
  return {
    url: http.url,
    adapter,
    clock,
    events,
    push,
    async stop() {
      await adapter.stop()
      await http.stop()
      await ctx.close()
    },
  }
}
