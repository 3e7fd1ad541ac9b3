/** Customers that became at risk in the time of one morning: since the morning before, `days` calendar days. */
export interface Morning {
  readonly count: number
  readonly days: number
}

export interface GroupMornings {
  /** Earlier mornings, in any order. */
  readonly baseline: readonly Morning[]
  readonly now: Morning
}

export interface DipLimits {
  readonly minCustomers: number
  readonly minRatio: number
  /** False-discovery rate over the groups tested on one day. */
  readonly falseShare: number
}

/** How unusual a stretch of days is: customers expected in it, and the probability of as many or more by chance. */
export interface Unusual {
  readonly expected: number
  readonly p: number
}

/** What such mornings let expect. */
export interface Forecast {
  readonly mean: number
  readonly variance: number
}

/** Compares a morning, or several days as one, with the earlier mornings of its group. */
export function unusual({ baseline, now }: GroupMornings): Unusual {
  const { mean, variance } = forecast(baseline, now.days)
  return { expected: mean, p: upperTail(now.count, mean, variance) }
}

/**
 * The customers of the next `days` days, as negative binomial: with the mean of the baseline and its variance, the larger
 * of two kinds of swinging: φ times the mean (φ the Pearson dispersion), and mean + α mean² (days on which everybody is
 * up or down, by moments), and that of the estimated mean itself (half a customer is added to the baseline's sum, so that
 * a quiet past is not certainty). So that one dip of the past hides no later one, a busiest morning of the baseline far
 * above all others counts like the second busiest.
 */
export function forecast(baseline: readonly Morning[], days: number): Forecast {
  const calmed = withoutPeak(baseline)
  const total = sum(calmed.map((one) => one.count)) + 0.5
  const rate = total / sum(calmed.map((one) => one.days))
  const fits = calmed.map((one) => ({ mean: rate * one.days, off: (one.count - rate * one.days) ** 2 }))
  const phi = Math.max(1, sum(fits.map(({ mean, off }) => off / mean)) / Math.max(1, fits.length - 1))
  const alpha = sum(fits.map(({ mean, off }) => off - mean)) / sum(fits.map(({ mean }) => mean ** 2))
  const mean = rate * days
  // One standard error up: a variance from few mornings is itself uncertain.
  const caution = 1 + Math.sqrt(2 / calmed.length)
  const swing = Math.max(phi, 1 + alpha * mean * caution)
  return { mean, variance: swing * (mean + mean ** 2 / total) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0)
}

/** A busiest morning above so many times the second busiest was a dip itself. */
const PEAK = 2

function withoutPeak(baseline: readonly Morning[]): Morning[] {
  const rates = baseline.map((one) => one.count / one.days).sort((a, b) => b - a)
  const [peak = 0, second = 0] = rates
  if (peak <= PEAK * second) return [...baseline]
  return baseline.map((one) => ({ ...one, count: Math.min(one.count, second * one.days) }))
}

/** P(X ≥ k) of a negative binomial with this mean and a variance above it. */
export function upperTail(k: number, mean: number, variance: number): number {
  let below = 0
  for (const [at, p] of probabilities({ mean, variance })) {
    if (at === k) break
    below += p
  }
  return Math.max(0, 1 - below)
}

/** The counts that 95 % of such stretches stay within: below and above lie 2.5 % at most. */
export function likelyRange(expected: Forecast): readonly [number, number] {
  let low: number | undefined
  let below = 0
  for (const [at, p] of probabilities(expected)) {
    below += p
    if (below > 0.025) low ??= at
    // Rounding may leave the sum a hair below one for ever.
    if (below >= 0.975 || (at > expected.mean && p === 0)) return [low ?? at, at]
  }
  return [0, 0]
}

/** P(X = k) for k = 0, 1, 2, … without end. In logarithms: means may be large. */
function* probabilities({ mean, variance }: Forecast): Generator<readonly [number, number], void> {
  const size = mean ** 2 / (variance - mean)
  const ratio = Math.log(mean / (size + mean))
  let log = size * Math.log(size / (size + mean))
  for (let k = 0; ; k++) {
    yield [k, Math.exp(log)]
    log += Math.log((k + size) / (k + 1)) + ratio
  }
}

/** Which hypotheses fall at false-discovery rate `q` (Benjamini & Hochberg 1995, JRSS B 57:289–300). */
export function benjaminiHochberg(p: readonly number[], q: number): boolean[] {
  const sorted = [...p].sort((a, b) => a - b)
  const last = sorted.findLastIndex((value, at) => value <= ((at + 1) * q) / p.length)
  const limit = last < 0 ? -1 : (sorted[last] ?? -1)
  return p.map((value) => value <= limit)
}

/**
 * The groups that fell: significant among all groups of the day, and large enough in number and ratio to matter. Groups
 * overlap (a team, its region), so the least likely one is taken first and its customers no longer count for the others.
 * Generic in what a group is; `members` are ids of its customers that are newly at risk.
 */
export function dipsAmong<G extends GroupMornings & { readonly members: readonly number[] }>(
  groups: readonly G[],
  limits: DipLimits,
): (G & Unusual)[] {
  const tested = groups.map((group) => ({ ...group, ...unusual(group) }))
  const fell = benjaminiHochberg(
    tested.map((one) => one.p),
    limits.falseShare,
  )
  const taken = new Set<number>()
  const dips: (G & Unusual)[] = []
  const candidates = tested.filter((_, at) => fell[at])
  for (const one of candidates.sort((a, b) => a.p - b.p || b.now.count - a.now.count)) {
    const members = one.members.filter((id) => !taken.has(id))
    if (members.length < limits.minCustomers || members.length < limits.minRatio * one.expected) continue
    for (const id of members) taken.add(id)
    dips.push({ ...one, members })
  }
  return dips
}
