/** Recurrence up to here; beyond, the asymptotic series is exact to the last digit. */
const ASYMPTOTIC_FROM = 10

/** ψ(z) = d ln Γ(z) / dz for z > 0. */
export function digamma(z: number): number {
  let shift = 0
  let y = z
  while (y < ASYMPTOTIC_FROM) {
    shift -= 1 / y
    y += 1
  }
  const w = 1 / (y * y)
  const series =
    w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - w * (691 / 32760))))))
  return shift + Math.log(y) - 0.5 / y - series
}
