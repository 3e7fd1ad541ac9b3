/** Repeat purchases and their mean amount per customer, sorted by x and mean: equal data, equal fit. */
export interface SpendRows {
  readonly x: Int32Array
  readonly mean: Float64Array
}

export interface SpendCollector {
  /** Notes one customer; no repeat purchase or no positive amount says nothing about spend and is left out. */
  add(x: number, mean: number): void
  rows(): SpendRows
}

export function createSpendCollector(): SpendCollector {
  const means = new Map<number, number[]>()
  return {
    add(x, mean) {
      if (x < 1 || !(mean > 0)) return
      const known = means.get(x)
      if (known) known.push(mean)
      else means.set(x, [mean])
    },
    rows() {
      const byX = [...means].sort(([a], [b]) => a - b)
      const count = byX.reduce((sum, [, list]) => sum + list.length, 0)
      const rows = { x: new Int32Array(count), mean: new Float64Array(count) }
      let at = 0
      for (const [x, list] of byX) {
        rows.x.fill(x, at, at + list.length)
        rows.mean.set(Float64Array.from(list).sort(), at)
        at += list.length
      }
      return rows
    },
  }
}

/** Pearson's correlation of x and mean amount; the spend model takes them as independent. */
export function correlation(rows: SpendRows): number {
  const n = rows.x.length
  const meanX = rows.x.reduce((sum, x) => sum + x, 0) / n
  const meanM = rows.mean.reduce((sum, m) => sum + m, 0) / n
  let [xx, mm, xm] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const dx = (rows.x[i] ?? 0) - meanX
    const dm = (rows.mean[i] ?? 0) - meanM
    xx += dx * dx
    mm += dm * dm
    xm += dx * dm
  }
  return xx > 0 && mm > 0 ? xm / Math.sqrt(xx * mm) : 0
}
