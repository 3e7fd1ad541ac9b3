import { sigmoid } from '../logit.ts'

/** The shift of all log-odds that makes their mean probability equal the rate (0 when the rate is 0 or 1). */
export function levelShift(logits: Float64Array, rate: number): number {
  if (logits.length === 0 || rate <= 0 || rate >= 1) return 0
  let [low, high] = [-40, 40]
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    const mean = logits.reduce((sum, value) => sum + sigmoid(value + middle), 0) / logits.length
    if (mean < rate) low = middle
    else high = middle
  }
  return (low + high) / 2
}
