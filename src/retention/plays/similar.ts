import type { WorkedCase } from '../../store/saved-cases.ts'

/** What became of cases of the same cause and segment, and how the saved ones were worked. */
export interface Similar {
  readonly saved: number
  readonly of: number
  /** Of the saved ones; null where nothing stands out or nothing was said. */
  readonly how: {
    readonly play: string | null
    readonly channel: string | null
    readonly outcome: string | null
    /** Median days from the alert to the order. */
    readonly days: number | null
  }
}

/** Sums up worked cases. `how` names what at least half of the saved ones share. Pure. */
export function similarOf(cases: readonly WorkedCase[]): Similar {
  const saved = cases.filter((one) => one.saved)
  const days = saved.flatMap(({ orderAfter }) => orderAfter ?? []).sort((a, b) => a - b)
  return {
    saved: saved.length,
    of: cases.length,
    how: {
      play: mostly(saved.map(({ play }) => play)),
      channel: mostly(saved.map(({ channel }) => channel)),
      outcome: mostly(saved.map(({ outcome }) => outcome)),
      days: days[Math.floor((days.length - 1) / 2)] ?? null,
    },
  }
}

function mostly(values: readonly (string | null)[]): string | null {
  const counts = Map.groupBy(values, (value) => value)
  const [[value, most] = [null, []]] = [...counts].sort((a, b) => b[1].length - a[1].length)
  return most.length * 2 >= values.length ? value : null
}
