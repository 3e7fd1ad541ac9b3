/** Nodes and weights of a quadrature rule on [0, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

const rules = new Map<number, Quadrature>()

/** The Gauss–Legendre rule with `n` nodes on [0, 1]: exact for polynomials of degree 2n − 1. Made once. */
export function gaussLegendre(n: number): Quadrature {
  const known = rules.get(n)
  if (known) return known
  const rule = { nodes: new Float64Array(n), weights: new Float64Array(n) }
  for (let i = 0; i < n; i++) {
    // Newton's method on Pₙ from the usual cosine guess.
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 0
    for (let step = 0; step < 100; step++) {
      const [value, derivative] = legendre(n, z)
      slope = derivative
      const next = z - value / derivative
      const moved = Math.abs(next - z)
      z = next
      if (moved < 1e-16) break
    }
    rule.nodes[n - 1 - i] = (1 + z) / 2
    rule.weights[n - 1 - i] = 1 / ((1 - z * z) * slope * slope)
  }
  rules.set(n, rule)
  return rule
}

/** Pₙ(z) and its derivative, by the three-term recurrence. */
function legendre(n: number, z: number): [number, number] {
  let before = 1
  let value = z
  for (let j = 2; j <= n; j++) {
    const next = ((2 * j - 1) * z * value - (j - 1) * before) / j
    before = value
    value = next
  }
  return [value, (n * (z * value - before)) / (z * z - 1)]
}
