import type { Day } from '../../../model/day.ts'
import { type Enrich, type Snapshot, snapshotAt } from '../history/dataset.ts'
import { median } from '../history/median.ts'
import { historyOf, type PurchaseLog } from '../history/purchase-log.ts'
import { breathe, type TrainControl } from '../train.ts'

export interface ReplayOptions extends TrainControl {
  /** First and last day on which customers are scored. */
  readonly from: Day
  readonly to: Day
  /** Days between two scorings. */
  readonly every: number
  readonly horizon: number
  /** Risk from which a customer is brought to the rep. */
  readonly threshold: number
  /** Days without an order after which a customer counts as lost. */
  readonly lostAfter: number
  /** Probability of churn for each row of a snapshot, by a model that was trained no later than `from`. */
  readonly risk: (snapshot: Snapshot) => Float64Array | Promise<Float64Array>
  readonly enrich?: Enrich | undefined
}

/** What reps would have seen. */
export interface ReplayReport {
  /** Customers brought to a rep; a silent spell is brought once. */
  readonly alerts: number
  readonly alertsPerDay: number
  /** Customers that became lost between the first scoring and the last observed day they could be told apart. */
  readonly lost: number
  /** Those among them that had been brought to a rep before, in the same silent spell. */
  readonly caught: number
  /** Days from the alert to the day of loss, the middle of those caught; null when none was. */
  readonly leadDaysMedian: number | null
}

/** Scores the company every few days of its past and counts alerts, losses foreseen, and the days won. */
export async function replay(log: PurchaseLog, options: ReplayOptions): Promise<ReplayReport> {
  const { from, to, every, horizon, enrich } = options
  const alerts = new Map<number, Day[]>()
  for (let day = from; day <= to; day += every) {
    const snapshot = await snapshotAt(log, day, horizon, enrich)
    addAlerts(alerts, snapshot, await options.risk(snapshot), options)
    await breathe(options, (day - from + every) / (to - from + every))
  }
  const losses = Array.from({ length: log.customers }, (_, customer) =>
    lossesOf(log, customer, options),
  ).flat()
  const leads = losses.flatMap(({ customer, silentSince, lostOn }) => {
    const alert = alerts.get(customer)?.find((day) => day >= silentSince && day < lostOn)
    return alert === undefined ? [] : [lostOn - alert]
  })
  const count = [...alerts.values()].reduce((sum, days) => sum + days.length, 0)
  return {
    alerts: count,
    alertsPerDay: count / (to - from + 1),
    lost: losses.length,
    caught: leads.length,
    leadDaysMedian: median(leads),
  }
}

/** An alert for everyone above the threshold who is not lost yet and has had none since the last order. */
function addAlerts(
  alerts: Map<number, Day[]>,
  snapshot: Snapshot,
  risks: Float64Array,
  options: ReplayOptions,
): void {
  snapshot.members.forEach((customer, row) => {
    if ((risks[row] ?? 0) < options.threshold) return
    const lastOrder = historyOf(snapshot.log, customer).days.at(-1) ?? snapshot.asOf
    const before = alerts.get(customer) ?? []
    const isOpen = (before.at(-1) ?? Number.NEGATIVE_INFINITY) >= lastOrder
    if (isOpen || snapshot.asOf - lastOrder >= options.lostAfter) return
    alerts.set(customer, [...before, snapshot.asOf])
  })
}

/** The days after the first scoring on which a customer became lost, up to the last observed day. */
function lossesOf(
  log: PurchaseLog,
  customer: number,
  { from, to, lostAfter }: ReplayOptions,
): { customer: number; silentSince: Day; lostOn: Day }[] {
  const { days } = historyOf(log, customer)
  return [...days].flatMap((silentSince, i) => {
    const lostOn = silentSince + lostAfter
    const until = days[i + 1] ?? log.lastDay + 1
    const within = lostOn > from && lostOn <= Math.min(to + lostAfter, log.lastDay) && silentSince <= to
    return within && until > lostOn ? [{ customer, silentSince, lostOn }] : []
  })
}
