import type { RuleReading } from './by-rules.ts'

/** The longest run of signs that is evidence of its own. */
const MAX_RUN = 4

/** What speaks for or against a reading: runs of signs of the text, and what the rules saw. No name stands twice. */
export interface Evidence {
  readonly runs: readonly string[]
  readonly seen: readonly string[]
}

/**
 * Runs of one to four signs with the ends of the text marked and every number read as 0, whole Latin words, and
 * the rules' signs, causes and answers. Names of the latter are longer than any run.
 */
export function evidenceOf(rules: RuleReading): Evidence {
  const signs = [...`^${rules.plain.replace(/\d+/g, '0')}$`]
  const runs = new Set<string>()
  for (let at = 0; at < signs.length; at++) {
    let run = ''
    for (const sign of signs.slice(at, at + MAX_RUN)) {
      run += sign
      runs.add(run)
    }
  }
  for (const [word] of rules.plain.matchAll(/[a-z]{2,}/g)) runs.add(`word:${word}`)
  return { runs: [...runs], seen: [...new Set(seenBy(rules))] }
}

function seenBy({ signs, causes, next, brushOff, ...rules }: RuleReading): string[] {
  return [
    ...signs.map(({ outcome, soft }) => `sign:${outcome}${soft ? ':soft' : ''}`),
    ...signs.filter(({ act }) => act).map(({ outcome }) => `act:${outcome}`),
    ...causes.map(({ reason }) => `cause:${reason}`),
    ...(next.day === null ? [] : ['next date']),
    ...(brushOff ? ['brush-off'] : []),
    `outcome:${rules.outcome}`,
    `reason:${rules.reason}`,
    `effective:${rules.effective}`,
    `both:${rules.outcome}/${rules.reason}`,
  ]
}
