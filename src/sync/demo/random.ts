/**
 * A small seeded generator (sfc32 seeded through a string hash), so that the demo company is the same on
 * every machine. Every customer draws from an own stream: adding one changes no other.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform in [from, to). */
  between(from: number, to: number): number
  /** Whole number in [from, to], both included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  normal(): number
  /** Gamma variate of the given shape and mean; a large shape is a regular rhythm. */
  gamma(shape: number, mean: number): number
  /** Poisson variate; for small means only. */
  poisson(mean: number): number
}

/** The stream named `name` of the seed: `randomFor(1, 'customer/12')`. */
export function randomFor(seed: number, name: string): Random {
  const next = sfc32(`${seed}/${name}`)

  function normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - next()))
    return radius * Math.cos(2 * Math.PI * next())
  }

  /** Marsaglia & Tsang (2000); shapes below one by the usual power of a uniform. */
  function standardGamma(shape: number): number {
    if (shape < 1) return standardGamma(shape + 1) * next() ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v
    }
  }

  return {
    next,
    between: (from, to) => from + (to - from) * next(),
    int: (from, to) => from + Math.floor((to - from + 1) * next()),
    chance: (probability) => next() < probability,
    pick(list) {
      const picked = list[Math.floor(list.length * next())]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
    normal,
    gamma: (shape, mean) => (standardGamma(shape) * mean) / shape,
    poisson(mean) {
      const limit = Math.exp(-mean)
      let count = 0
      for (let product = next(); product > limit; product *= next()) count++
      return count
    },
  }
}

/** Chris Doty-Humphrey's sfc32; the state comes from an FNV-1a style hash of the name. */
function sfc32(name: string): () => number {
  let [a, b, c, counter] = [hash(name, 0x811c9dc5), hash(name, 0x9e3779b9), hash(name, 0x85ebca6b), 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

function hash(text: string, start: number): number {
  let value = start
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value | 0
}
