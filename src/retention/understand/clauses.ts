/** A part of a text between two stops. */
export interface Clause {
  readonly text: string
  readonly at: number
  readonly end: number
  /** It turns against what was said before: 但是, 不过, 后来, 最后. */
  readonly turns: boolean
}

const STOP = /[,。;!?]|(?<!\d)\.|\.(?!\d)/
const TURN =
  /(?<!不)但是?|不过(?!关)|可是|然而|只是(?!因)|奈何|偏偏|结果(?=[^了出,。])|后来|最后|最终|终于|现在|\bbut\b|\bhowever\b/g

/** The clauses of a normalised text; a turning word begins one without any stop. */
export function clausesOf(text: string): Clause[] {
  const cuts = new Set<number>([0])
  for (let i = 0; i < text.length; i++) {
    if (/[,。;!?]/.test(text.charAt(i)) || (text[i] === '.' && STOP.test(text.slice(i - 1, i + 2))))
      cuts.add(i + 1)
  }
  const turns = new Set<number>()
  for (const match of text.matchAll(TURN)) {
    cuts.add(match.index)
    turns.add(match.index)
  }
  const starts = [...cuts].sort((a, b) => a - b)
  return starts.map((at, index) => {
    const end = starts[index + 1] ?? text.length
    return { text: text.slice(at, end), at, end, turns: turns.has(at) }
  })
}

/** The clause that holds a place of the text. */
export function clauseAt(clauses: readonly Clause[], at: number): Clause {
  return clauses.findLast((one) => one.at <= at) ?? { text: '', at: 0, end: 0, turns: false }
}
