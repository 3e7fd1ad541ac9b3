import { pinyin } from 'pinyin-pro'

/** Two syllables sound like too many things; longer names are known by their beginning. */
const MIN_SYLLABLES = 3
const MAX_SYLLABLES = 6
const MAX_CACHED = 20_000

/** By name: its syllables without tones, joined by spaces. */
const known = new Map<string, string>()

/**
 * Finds names that sound like a part of a text: speech-to-text writes 瑞心精密 for 锐新精密. Made once for a list.
 * @param names those of each customer, Chinese ones only count
 */
export function soundFinder<C>(
  customers: readonly C[],
  namesOf: (customer: C) => readonly string[],
): (text: string) => ReadonlySet<C> {
  const index = new Map<string, Set<C>>()
  for (const customer of customers) {
    for (const name of new Set(namesOf(customer))) {
      if (!/^[一-鿿]{3,}$/.test(name)) continue
      const sound = soundOf([...name].slice(0, MAX_SYLLABLES).join(''))
      index.set(sound, (index.get(sound) ?? new Set()).add(customer))
    }
  }
  return (text) => {
    const syllables = pinyin(text, { toneType: 'none', type: 'array' })
    for (let length = MAX_SYLLABLES; length >= MIN_SYLLABLES; length--) {
      for (let at = 0; at + length <= syllables.length; at++) {
        const found = index.get(syllables.slice(at, at + length).join(' '))
        if (found) return found
      }
    }
    return new Set()
  }
}

function soundOf(name: string): string {
  const sound = known.get(name) ?? pinyin(name, { toneType: 'none', type: 'array' }).join(' ')
  if (known.size >= MAX_CACHED) known.clear()
  known.set(name, sound)
  return sound
}
