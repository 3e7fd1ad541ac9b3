import { randomFor } from './random.ts'

/** What becomes of a customer. The false trails `late` to `upset` look worrying and stay. */
export type Fate =
  | 'stable'
  | 'growing'
  | 'newcomer'
  | 'dying'
  | 'dying-later'
  | 'lost'
  | 'returned'
  | 'late'
  | 'calmed'
  | 'off-season'
  | 'buyer-moved'
  | 'top-up'
  | 'upset'

/** Every rep has the same mix in each 20 of the own customers. */
const MIX: readonly (readonly [Fate, number])[] = [
  ['dying', 1],
  ['dying-later', 1],
  ['lost', 3],
  ['newcomer', 1],
  ['growing', 3],
]
const BLOCK = 20
const FALSE_TRAILS = ['late', 'calmed', 'off-season', 'buyer-moved', 'top-up'] as const

/** These two have a furious customer on the first morning. */
const UPSET_REPS = new Set(['wanglei', 'huangwei'])

/** The fate of the customer in the `slot`-th place of a rep's list. */
export function fateOf(seed: number, rep: string, slot: number): Fate {
  const random = randomFor(seed, `fates/${rep}/${Math.floor(slot / BLOCK)}`)
  const fates = MIX.flatMap(([fate, count]) => Array.from({ length: count }, () => fate))
  fates.push(random.pick(FALSE_TRAILS), random.pick(FALSE_TRAILS))
  if (random.chance(0.2)) fates.push('dying')
  if (random.chance(0.5)) fates.push('dying-later')
  if (random.chance(0.5)) fates.push('returned')
  while (fates.length < BLOCK) fates.push('stable')
  for (let i = fates.length - 1; i > 0; i--) {
    const j = random.int(0, i)
    const [a = 'stable', b = 'stable'] = [fates[i], fates[j]]
    fates[i] = b
    fates[j] = a
  }
  if (slot < BLOCK && UPSET_REPS.has(rep)) fates[fates.indexOf('stable')] = 'upset'
  return fates[slot % BLOCK] ?? 'stable'
}
