import { createDingtalkRobots } from '../../adapters/dingtalk/robot.ts'
import type { DingtalkRobot, DingtalkRobotPorts } from '../../adapters/dingtalk/robot-ports.ts'
import type { Clock } from '../../src/clock.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { textFor } from '../../src/text/index.ts'
import { type FakeDingtalk, startFakeDingtalk } from './fake-dingtalk/index.ts'
import type { FakeRobot } from './fake-dingtalk/robot.ts'
import { memoryValues } from './wecom-app.ts'

export const ROBOT = {
  accessToken: '566cc69da782ec33e42541b09b08551f09fbe864eb8008112e994b43887',
  secret: 'SEC000000000000000000000',
}
/** As it stands in the environment. */
export const ROBOT_KEYS = `华东=${ROBOT.accessToken}:${ROBOT.secret}`

export interface RobotCase {
  readonly fake: FakeDingtalk
  readonly adapter: Adapter
  /** Calls that were counted. */
  readonly spent: () => number
  /** What the group reads. */
  readonly shown: () => string[]
  close(): Promise<void>
}

export interface RobotOptions {
  readonly robot?: Partial<DingtalkRobot>
  readonly pageUrl?: DingtalkRobotPorts['pageUrl']
  /** The robot as the group's settings have it. */
  readonly real?: Partial<FakeRobot>
}

/** The robot 华东 of one group on a fake DingTalk; `close` fails when anything broke the documentation. */
export async function robotCase(
  clock: Clock,
  { robot = {}, pageUrl = null, real = {} }: RobotOptions = {},
): Promise<RobotCase> {
  const fake = await startFakeDingtalk(clock)
  fake.state.robots.set(ROBOT.accessToken, { ...ROBOT, ...real })
  let spent = 0
  const adapter = createDingtalkRobots({
    baseUrl: fake.url,
    robots: [{ name: '华东', mention: [], keyword: null, ...ROBOT, ...robot }],
    pageUrl,
    words: textFor('zh-CN').dingtalk,
    clock,
    shared: memoryValues(),
    spend: () => void spent++,
  })
  return {
    fake,
    adapter,
    spent: () => spent,
    shown: () => fake.state.textsAt(`robot:${ROBOT.accessToken}`),
    async close() {
      await adapter.stop()
      await fake.close()
      fake.verify()
    },
  }
}
