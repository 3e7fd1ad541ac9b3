import { createHash } from 'node:crypto'
import type { Day } from '../model/day.ts'
import type { Alert, Arm, Assignment, ExperimentPlan } from '../model/experiment.ts'

/** What decides an arm; see `ExperimentPlan`. */
export type ArmRule = Pick<ExperimentPlan, 'seed' | 'share' | 'excludeTop'>

/** Alerts of one stratum among which the control arm has its exact share (up to one alert). */
const BLOCK = 10

/**
 * The arms of new alerts, by random blocks within strata. An arm follows from the seed, the stratum and the place in
 * it alone; places are taken in the order of a hash of seed, customer and day, so nobody can choose one. Neither
 * risk, value, outcome nor later alerts have a say. An alert that takes no part (share 0, or tier A where that is
 * excluded) is left out: it is pushed and not counted.
 * @param taken places already given away per stratum
 */
export function assignArms(
  alerts: readonly Alert[],
  rule: ArmRule,
  taken: ReadonlyMap<string, number>,
): Assignment[] {
  if (rule.share <= 0) return []
  const next = new Map(taken)
  const blocks = new Map<string, readonly Arm[]>()
  return inHashOrder(alerts, rule).map(({ customerId, day, tier, teamId }) => {
    const stratum = stratumOf({ tier, teamId })
    const place = next.get(stratum) ?? 0
    next.set(stratum, place + 1)
    const block = Math.floor(place / BLOCK)
    const arms = blocks.get(`${stratum}#${block}`) ?? armsOfBlock(rule, stratum, block)
    blocks.set(`${stratum}#${block}`, arms)
    return { customerId, day, stratum, place, arm: arms[place % BLOCK] ?? 'treated' }
  })
}

/**
 * Tier by team. Owners are finer: with one alert in ten held back, most of them would never have a customer of each
 * arm to compare.
 */
export function stratumOf({ tier, teamId }: Pick<Alert, 'tier' | 'teamId'>): string {
  return `${tier}/${teamId ?? '-'}`
}

/**
 * Whether an alert of `day` still belongs to the episode assigned before. A customer keeps its arm until the longest
 * outcome is known, so that no alert counts in two arms.
 */
export function sameEpisode(assignedOn: Day, day: Day, episodeDays: number): boolean {
  return day <= assignedOn + episodeDays
}

function inHashOrder(alerts: readonly Alert[], { seed, excludeTop }: ArmRule): Alert[] {
  return alerts
    .filter((one) => !(excludeTop && one.tier === 'A'))
    .map((one) => ({ one, key: uniform(seed, 'order', one.customerId, one.day) }))
    .sort((a, b) => a.key - b.key || a.one.customerId - b.one.customerId)
    .map(({ one }) => one)
}

/** The slots of a block with the lowest draws are the control arm. */
function armsOfBlock({ seed, share }: ArmRule, stratum: string, block: number): Arm[] {
  const draws = drawsOf(BLOCK, seed, 'block', stratum, block)
  const lowest = draws.toSorted((a, b) => a - b).slice(0, controlsIn(block, share, seed, stratum))
  const last = lowest.at(-1) ?? -1
  return draws.map((draw) => (draw <= last ? 'control' : 'treated'))
}

/**
 * Shares that make no whole number in a block are carried from block to block, from a start drawn per stratum: every
 * place is control with probability `share`, and the count of a stratum is never off by more than a block's.
 */
function controlsIn(block: number, share: number, seed: number, stratum: string): number {
  const start = uniform(seed, 'start', stratum)
  const upTo = (blocks: number): number => Math.floor(blocks * BLOCK * share + start)
  return upTo(block + 1) - upTo(block)
}

/** A number in [0, 1) that depends on the seed and the parts alone, the same on every machine. */
function uniform(seed: number, ...parts: readonly (string | number)[]): number {
  const [draw = 0] = drawsOf(1, seed, ...parts)
  return draw
}

/** Bytes of a draw: as many as a number holds exactly. */
const WIDTH = 6

/** At most ten such numbers at once: 60 of the hash's 64 bytes. */
function drawsOf(count: number, seed: number, ...parts: readonly (string | number)[]): number[] {
  const digest = createHash('sha512')
    .update([seed, ...parts].join('|'))
    .digest()
  return Array.from({ length: count }, (_, at) => digest.readUIntBE(at * WIDTH, WIDTH) / 256 ** WIDTH)
}
