import type { Lesson } from './learn.ts'

/** Notes that share this part of their pairs of signs are one family. */
const ALIKE = 0.35

/**
 * The fold of every lesson, from 0. Notes that are alike, or that were made from one another, are one family and
 * never in two folds: a note is not judged by what was learned from its twin.
 */
export function foldsOf(lessons: readonly Lesson[], folds: number): number[] {
  const parents = lessons.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parents[root] !== root) root = parents[root] ?? root
    return root
  }
  for (const [a, b] of alikePairs(lessons)) parents[rootOf(a)] = rootOf(b)
  const families = [...new Set(parents.map((_, index) => rootOf(index)))]
  const foldOf = new Map(families.map((root, index) => [root, index % folds]))
  return lessons.map((_, index) => foldOf.get(rootOf(index)) ?? 0)
}

function alikePairs(lessons: readonly Lesson[]): [number, number][] {
  const pairs = lessons.map(({ evidence }) => new Set(evidence.runs.filter((run) => [...run].length === 2)))
  const holders = new Map<string, number[]>()
  const first = new Map<number, number>()
  const alike: [number, number][] = []
  for (const [index, own] of pairs.entries()) {
    const family = lessons[index]?.note.family
    if (family !== undefined) {
      const twin = first.get(family)
      if (twin === undefined) first.set(family, index)
      else alike.push([index, twin])
    }
    const shared = new Map<number, number>()
    for (const pair of own) {
      const having = holders.get(pair) ?? []
      for (const other of having) shared.set(other, (shared.get(other) ?? 0) + 1)
      holders.set(pair, [...having, index])
    }
    for (const [other, count] of shared) {
      const together = own.size + (pairs[other]?.size ?? 0) - count
      if (count / together > ALIKE) alike.push([index, other])
    }
  }
  return alike
}
