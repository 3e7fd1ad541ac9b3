/** Contributions in whole points: base + Σ parts = the given total. */
export interface WholePoints {
  readonly base: number
  readonly parts: readonly number[]
}

/**
 * Rounds base and parts so that they still add up to the rounded total: every part is rounded down, and those that lost
 * most get a point back (largest remainders; among equals the earlier one).
 */
export function wholePoints(total: number, base: number, parts: readonly number[]): WholePoints {
  // + 0: −0 is 0.
  const whole = parts.map((part) => Math.floor(part) + 0)
  const wholeBase = parts.length === 0 ? total : Math.round(base) + 0
  let missing = total - wholeBase - whole.reduce((sum, part) => sum + part, 0)
  const byRemainder = parts
    .map((part, at) => ({ at, lost: part - Math.floor(part) }))
    .sort((a, b) => b.lost - a.lost || a.at - b.at)
  const order = missing < 0 ? byRemainder.toReversed() : byRemainder
  const step = Math.sign(missing)
  // Not `!== 0`, which is true for ever where a number is no number.
  for (let i = 0; Math.abs(missing) > 0; i = (i + 1) % order.length) {
    const at = order[i]?.at ?? 0
    whole[at] = (whole[at] ?? 0) + step
    missing -= step
  }
  return { base: wholeBase, parts: whole }
}
