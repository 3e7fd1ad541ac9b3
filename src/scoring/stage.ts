import { OWN_CYCLE_MIN_GAPS } from '../model/own-cycle.ts'
import { type JiandaoStage, STAGE_MAPPING, type Stage, type StagePreset } from '../model/stage.ts'
import type { Settings } from '../settings.ts'
import type { Features } from './features.ts'

/** A customer with this many order days, known this long, is past growing. */
const SETTLED_ORDERS = 5
const SETTLED_DAYS = 180

/**
 * The lifecycle stage. `jiandao` (A8): no order 认知, one 获取, more 成长, five over half a year 维系, lost by
 * the segment's definition 流失. `fanruan` (A9) is the same by `STAGE_MAPPING`, with 流失预警 starting earlier:
 * at twice the own cycle and beyond the own P90.
 */
export function stageOf(
  preset: StagePreset,
  features: Features,
  churned: boolean,
  settings: Settings['scoring'],
): Stage {
  const stage = jiandaoStage(features, churned)
  if (preset === 'jiandao') return stage
  return isFarOverdue(features, settings) ? 'warning' : STAGE_MAPPING[stage]
}

function jiandaoStage({ orderDays, firstOrder, asOf }: Features, churned: boolean): JiandaoStage {
  if (churned) return 'churn'
  if (firstOrder === null) return 'awareness'
  if (orderDays === 1) return 'acquisition'
  const settled = orderDays >= SETTLED_ORDERS && asOf - firstOrder >= SETTLED_DAYS
  return settled ? 'retention' : 'growth'
}

function isFarOverdue({ cycle, silence }: Features, { signals }: Settings['scoring']): boolean {
  if (cycle === null || silence === null || cycle.gaps < OWN_CYCLE_MIN_GAPS) return false
  const limit = Math.max(signals.overdueHighRatio * Math.max(1, cycle.typical), cycle.p90)
  return silence.counted >= limit
}
