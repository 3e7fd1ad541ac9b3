import type { Clock } from '../../src/clock.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import type { DingtalkWords } from './ports.ts'

/** One group robot (自定义机器人). */
export interface DingtalkRobot {
  /** Its name here, and the id in `group:<name>`. */
  readonly name: string
  /** The secret part of its webhook address. */
  readonly accessToken: string
  /** Of the security setting 加签 (`SEC…`); null where a keyword or an IP range secures the robot. */
  readonly secret: string | null
  /** Userids that every message mentions, or `@all`. */
  readonly mention: readonly string[]
  /** Stands in every message, or the platform refuses it; null: none is set. */
  readonly keyword: string | null
}

export interface DingtalkRobotPorts {
  /** The legacy API; checked against the list of allowed hosts by the settings. */
  readonly baseUrl: string
  readonly robots: readonly DingtalkRobot[]
  /** Where a message leads to; null: nowhere. */
  readonly pageUrl: string | null
  readonly words: Pick<DingtalkWords, 'codes' | 'kinds' | 'noRobot' | 'open'>
  readonly clock: Clock
  readonly shared: SwappableValues
  /** Counts a call for the monthly quota of webhooks and streams. */
  readonly spend: () => void
}
