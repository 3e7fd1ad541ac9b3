/** A customer by every name it bears. */
interface Named {
  readonly name: string
  readonly shortName: string | null
  readonly key: string
}

/** 满意家居 or 下周食品 in a sentence are names, and say nothing about the contact. */
export function withoutNames(words: string, { name, shortName, key }: Named): string {
  const names = [name, shortName, key].filter((one) => one !== null && one.length > 1)
  return names.reduce((rest: string, one) => rest.replaceAll(one ?? '', ' '), words)
}
