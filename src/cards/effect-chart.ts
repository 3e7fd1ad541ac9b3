import type { Card, EffectBar } from '../model/card.ts'
import type { PerArm } from '../model/experiment.ts'
import type { Text } from '../text/index.ts'

/** The picture of both arms with their intervals. */
export function effectChart(
  rates: PerArm<{ readonly estimate: number; readonly low: number; readonly high: number }>,
  n: PerArm<number>,
  text: Text,
): Pick<Card, 'chart'> {
  const bar = (arm: keyof PerArm<number>): EffectBar => {
    const { estimate: share, low, high } = rates[arm]
    return { share, low, high, n: n[arm] }
  }
  const [treated, control] = [bar('treated'), bar('control')]
  return { chart: { kind: 'effect', alt: text.charts.effectAlt(treated, control), treated, control } }
}
