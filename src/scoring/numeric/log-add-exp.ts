/** ln(eᵘ + eᵛ) without overflow or underflow. */
export function logAddExp(u: number, v: number): number {
  if (u === v) return u + Math.LN2
  const high = Math.max(u, v)
  return high + Math.log1p(Math.exp(Math.min(u, v) - high))
}
