import { OWN_CYCLE_MIN_GAPS } from '../../model/own-cycle.ts'
import type { Settings } from '../../settings.ts'
import type { Features } from '../features.ts'

/**
 * Whether a customer that orders nothing within the horizon would be overdue at its end, by the longer of its own gap
 * (which the reader sees) and the shrunken one (by which the rules count).
 */
export function expectsOrder(
  { orders, cycle, silence }: Features,
  horizon: number,
  { signals }: Settings['scoring'],
): boolean {
  if (orders.length === 0) return false
  if (cycle === null || silence === null || cycle.gaps < OWN_CYCLE_MIN_GAPS) return true
  return silence.counted + horizon >= signals.overdueRatio * Math.max(cycle.typical, cycle.median)
}
