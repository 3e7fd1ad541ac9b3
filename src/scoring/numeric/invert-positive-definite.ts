/**
 * The inverse of a symmetric positive definite matrix by its Cholesky factor, or null when the matrix is not
 * (numerically) positive definite.
 */
export function invertPositiveDefinite(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = cholesky(matrix)
  if (!lower) return null
  const n = matrix.length
  const columns = Array.from({ length: n }, (_, j) => solve(lower, unit(n, j)))
  return Array.from({ length: n }, (_, i) => columns.map((column) => column[i] ?? 0))
}

/** L with L·Lᵀ = matrix, as rows. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const rows: number[][] = []
  for (const [i, given] of matrix.entries()) {
    const row: number[] = []
    for (const [j, other] of rows.entries()) {
      row.push(((given[j] ?? 0) - dot(row, other, j)) / (other[j] ?? 0))
    }
    const square = (given[i] ?? 0) - dot(row, row, i)
    if (!(square > 0)) return null
    rows.push([...row, Math.sqrt(square)])
  }
  return rows
}

/** Σ aₖ bₖ for k < n. */
function dot(a: readonly number[], b: readonly number[], n: number): number {
  let sum = 0
  for (let k = 0; k < n; k++) sum += (a[k] ?? 0) * (b[k] ?? 0)
  return sum
}

function solve(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = lower.length
  const y: number[] = []
  for (let i = 0; i < n; i++) {
    let rest = right[i] ?? 0
    for (let k = 0; k < i; k++) rest -= (lower[i]?.[k] ?? 0) * (y[k] ?? 0)
    y.push(rest / (lower[i]?.[i] ?? 0))
  }
  const x = [...y]
  for (let i = n - 1; i >= 0; i--) {
    let rest = y[i] ?? 0
    for (let k = i + 1; k < n; k++) rest -= (lower[k]?.[i] ?? 0) * (x[k] ?? 0)
    x[i] = rest / (lower[i]?.[i] ?? 0)
  }
  return x
}

function unit(n: number, at: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === at ? 1 : 0))
}
