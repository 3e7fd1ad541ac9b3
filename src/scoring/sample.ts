/**
 * Whether a customer belongs to the sample that is so large a share of all. It depends on nothing but the id, so the
 * sample is the same every time, and a smaller one lies within a larger one.
 */
export function inSample(id: number, share: number): boolean {
  return mixed(id) < share * 2 ** 32
}

/** Spreads neighbouring ids over 32 bits (the finaliser of MurmurHash3). */
function mixed(id: number): number {
  let h = id >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
