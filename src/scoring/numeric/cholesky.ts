/** Lower Cholesky factor of a symmetric positive definite matrix (row by row, n×n), or null when it is not. */
export function choleskyFactor(a: Float64Array, n: number): Float64Array | null {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] ?? 0) * (l[j * n + k] ?? 0)
      if (i !== j) l[i * n + j] = sum / (l[j * n + j] ?? 1)
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum)
      else return null
    }
  }
  return l
}

/** The factor of `a`, with as little added to the diagonal as makes it positive definite. */
export function stubbornFactor(a: Float64Array, n: number): Float64Array {
  let jitter = 0
  for (;;) {
    const shifted = a.slice()
    for (let i = 0; i < n; i++) shifted[i * n + i] = (a[i * n + i] ?? 0) + jitter
    const factor = choleskyFactor(shifted, n)
    if (factor) return factor
    if (jitter > 1e12) throw new RangeError('the matrix holds values that are not finite')
    jitter = jitter === 0 ? 1e-10 : jitter * 10
  }
}

/** Solves L·Lᵀ·x = b. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = b.slice()
  for (let i = 0; i < n; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (l[i * n + i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (l[i * n + i] ?? 1)
  }
  return x
}

/** Diagonal of the inverse of L·Lᵀ. */
export function inverseDiagonal(l: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n)
    unit[i] = 1
    return choleskySolve(l, n, unit)[i] ?? 0
  })
}
