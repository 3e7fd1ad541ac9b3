import { createHash } from 'node:crypto'
import { AppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, Capabilities } from '../../src/model/chat.ts'
import { createReceipts } from './receipts.ts'

export interface GroupRobotsParts<R extends { readonly name: string }> {
  /** The platform's name in addresses: one of its own, because robots know no people. */
  readonly platform: string
  readonly robots: readonly R[]
  readonly can: Pick<Capabilities, 'charts' | 'maxBytes'>
  /** The sentence about a robot that no setting knows. */
  readonly noRobot: string
  /** What the platform refused last, by robot, until a message of it arrives. */
  readonly trouble: ReadonlyMap<string, string>
  /** Sends a card. `messageId`: ours, the same for a repeated key. Gives what the card could not show. */
  readonly send: (robot: R, card: Card, messageId: string) => Promise<readonly string[]>
}

/** Group robots: each sends to the group it was added to and hears nothing. An address is `group:<name of the robot>`. */
export function createGroupRobots<R extends { readonly name: string }>(parts: GroupRobotsParts<R>): Adapter {
  const { platform, robots, can, noRobot, trouble, send } = parts
  const byName = new Map(robots.map((robot) => [robot.name, robot]))
  const receipts = createReceipts()
  let started = false

  function robotOf(to: Address): R {
    const robot = to.kind === 'group' ? byName.get(to.id) : undefined
    if (!robot) throw new AppError('not-found', `${platform} knows no robot of this name`, { say: noRobot })
    return robot
  }

  return {
    name: platform,
    can: { ...can, buttons: false, update: false, groups: true },
    async start() {
      started = true
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const robot = robotOf(to)
      // The platforms give these messages no id.
      const messageId = createHash('sha256').update(`${robot.name}\0${key}`).digest('base64url')
      const receipt = { messageId, update: null, notShown: await send(robot, card, messageId) }
      receipts.add(key, receipt)
      return receipt
    },
    async update() {
      throw new AppError('conflict', 'a message of a group robot cannot be changed')
    },
    async callback() {
      throw new AppError('not-found', 'a group robot has no callbacks')
    },
    health() {
      if (!started) return { ok: false, detail: 'not started' }
      const problems = [...trouble].map(([robot, problem]) => `${robot}: ${problem}`)
      return { ok: problems.length === 0, detail: problems.join('; ') || 'open' }
    },
    async stop() {
      started = false
    },
  }
}
