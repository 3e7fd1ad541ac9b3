/** Points of an event `ageDays` ago when they halve every `halfLifeDays`. Whole points. */
export function decayed(points: number, ageDays: number, halfLifeDays: number): number {
  return Math.round(points * 0.5 ** (ageDays / halfLifeDays))
}

/** The first words of a text, for a quote on one line. */
export function excerpt(text: string, length = 24): string {
  const clean = text.replace(/\s+/g, ' ').trim()
  const characters = [...clean]
  return characters.length <= length ? clean : `${characters.slice(0, length - 1).join('')}…`
}
