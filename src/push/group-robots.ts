import type { Address } from '../model/chat.ts'
import type { Settings } from '../settings.ts'

/** A robot of one group chat: it only sends. */
export interface GroupRobot {
  readonly name: string
  /** Whose figures the group gets; null: the company's. */
  readonly team: string | null
  readonly weekly: boolean
  readonly alerts: boolean
  readonly to: Address
}

type Family = { readonly enabled: boolean; readonly robots: readonly Omit<GroupRobot, 'to'>[] }

/** The platforms with group robots. Each is one of its own, because robots know no people. */
const FAMILIES: readonly (readonly [platform: string, of: (settings: Settings) => Family])[] = [
  ['wecom-robot', ({ wecom }) => wecom.webhook],
  ['dingtalk-robot', ({ dingtalk }) => dingtalk.webhook],
]

/** Every group robot that is switched on. */
export function groupRobots(settings: Settings): GroupRobot[] {
  return FAMILIES.flatMap(([platform, of]) => {
    const { enabled, robots } = of(settings)
    if (!enabled) return []
    return robots.map(({ name, team, weekly, alerts }) => ({
      ...{ name, team, weekly, alerts },
      to: { platform, kind: 'group', id: name } as const,
    }))
  })
}
