import type { Card, Chart } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { gapsOf, OWN_CYCLE_MIN_GAPS, quantile } from '../model/own-cycle.ts'
import type { Evidence, Fact } from '../model/score.ts'
import type { Text } from '../text/index.ts'

/** Gaps that a phone shows side by side. */
const MAX_GAPS = 8

/**
 * The picture of a customer's own rhythm, for its card; none with fewer than three order days. It speaks of the same day
 * and says the same numbers as the sentence on the card: where the evidence names the silence, its day counts, not the
 * day on which the card is made. `orders` are all order days, oldest first.
 */
export function ownCycleChart(
  orders: readonly Day[],
  today: Day,
  evidence: readonly Evidence[],
  text: Text,
): Pick<Card, 'chart'> {
  const reason = evidence.find((one) => one.facts.some(isOwnCycle))
  const said = reason?.facts.find(isOwnCycle)
  const asOf = said ? said.on + Number(said.values.silence) : today
  const known = orders.filter((day) => day <= asOf)
  const gaps = gapsOf(known)
  if (gaps.length < OWN_CYCLE_MIN_GAPS) return {}
  const typical = Math.round(quantile(gaps, 0.5))
  const silence = asOf - (known.at(-1) ?? asOf)
  const chart: Chart = {
    kind: 'own-cycle',
    alt: text.charts.ownCycleAlt(gaps.slice(-MAX_GAPS), typical, silence),
    orders: known.slice(-MAX_GAPS - 1),
    typical,
    asOf,
    late: reason !== undefined && reason.points > 0 && silence > typical,
  }
  return { chart }
}

function isOwnCycle({ kind }: Fact): boolean {
  return kind === 'own-cycle'
}
