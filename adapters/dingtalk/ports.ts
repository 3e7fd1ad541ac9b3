import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { Chart } from '../../src/model/card.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import type { FaultKind } from './code-table.ts'
import type { Quota } from './quota.ts'

/** Words of the adapter's own; everything else on a card comes with the card. */
export interface DingtalkWords {
  /** Label of the link of a message without a template. */
  readonly open: string
  /** Answer to a picture, a file or a video. */
  readonly textOnly: string
  /** A group robot that no setting knows. */
  readonly noRobot: string
  /** What an administrator must do about an error, by code, else by kind. */
  readonly codes: Readonly<Record<string, string>>
  readonly kinds: Readonly<Record<FaultKind, string>>
  /** The sentence for the administrator, with the permissions that the app lacks. */
  readonly lacking: (say: string, scopes: readonly string[]) => string
}

/** One app of one company (企业内部应用) with a robot in stream mode. */
export interface DingtalkSettings {
  readonly corpId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  /** The published card template; null: cards are Markdown without buttons. */
  readonly templateId: string | null
  /** The new API and the legacy one; checked against the list of allowed hosts by the settings. */
  readonly apiUrl: string
  readonly legacyUrl: string
  /** Where Liuke's own pages are; null: nowhere. */
  readonly publicUrl: string | null
  /** Where a card without a page of its own leads to; null: nowhere. */
  readonly pageUrl: string | null
}

/** What the adapter needs from the house; it knows no database and no catalogue itself. */
export interface DingtalkPorts {
  readonly settings: DingtalkSettings
  readonly words: DingtalkWords
  readonly log: Log
  readonly clock: Clock
  readonly shared: SwappableValues
  readonly quota: Quota
  /** Draws a card's chart as PNG; null where pictures are not drawn. */
  readonly drawChart: ((chart: Chart) => Promise<Buffer>) | null
}
