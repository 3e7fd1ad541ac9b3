import type { Adapter } from '../model/chat.ts'
import { type Check, tried } from './doctor-check.ts'
import type { CliCtx } from './run.ts'

export interface RobotWords {
  readonly robot: string
  readonly hello: string
  readonly off: string
  readonly switchOnRobots: string
  readonly sent: (to: string) => string
}

/** One message into the group of a robot. `adapter`: the robots of a platform; null where they are switched off. */
export async function robotCheck(
  cli: CliCtx,
  adapter: Adapter | null,
  robot: string,
  text: RobotWords,
): Promise<Check> {
  const name = `${text.robot} ${robot}`
  if (!adapter) return { name, state: 'warning', detail: text.off, mend: text.switchOnRobots }
  const to = { platform: adapter.name, kind: 'group', id: robot } as const
  return tried(name, async () => {
    await adapter.send(to, { summary: text.hello, title: text.hello }, `doctor:${cli.clock.now()}`)
    return text.sent(robot)
  })
}
