import { AppError } from '../../errors.ts'

/** `…`: up to five signs of one clause without a denial, so that 价格…高 does not read 价格不高. */
const GAP = '[^,。;!?没无不未别]{0,5}?'

/**
 * One pattern for a list of phrases in the notation of config/understand.yaml. It has no nested repetition, so
 * its time grows with the length of the text only. Longer readings win at a place.
 * @throws AppError `config` for a name that no list has.
 */
export function compilePhrases(
  phrases: readonly string[],
  words: Readonly<Record<string, readonly string[]>>,
): RegExp {
  const lists = new Map(Object.entries(words))
  // Longest first: of 不满 and 不满意 the longer one is read.
  const sources = [...phrases].sort((a, b) => b.length - a.length).map((phrase) => sourceOf(phrase, lists))
  return new RegExp(sources.length === 0 ? '(?!)' : sources.map((one) => `(?:${one})`).join('|'), 'gu')
}

function sourceOf(phrase: string, lists: ReadonlyMap<string, readonly string[]>): string {
  const match = /^(?:\^([^^]+)\^)?(.+?)(?:!(.+))?$/u.exec(
    phrase.normalize('NFKC').replaceAll('...', '…').toLowerCase(),
  )
  const [, notAfter, body = '', notBefore] = match ?? []
  const inner = body.replace(/<([a-z-]+)>|…|\)\?|[()|]|[^<…()|]+/gu, (part, name?: string) => {
    if (name !== undefined) return alternatives(name, lists)
    if (part === '…') return GAP
    if (part === '(') return '(?:'
    return part === ')' || part === ')?' || part === '|' ? part : literal(part)
  })
  const before = notAfter ? `(?<![${literal(notAfter)}])` : ''
  const after = notBefore ? `(?![${literal(notBefore)}])` : ''
  return `${before}${edge(body.at(0), '(?<![a-z0-9])')}(?:${inner})${edge(body.at(-1), '(?![a-z0-9])')}${after}`
}

function alternatives(name: string, lists: ReadonlyMap<string, readonly string[]>): string {
  const list = lists.get(name)
  if (!list) throw new AppError('config', `the lexicon has no list ${name}`)
  return `(?:${list.map((word) => literal(word.toLowerCase())).join('|')})`
}

/** Latin words end where they end: mail is not in email. */
function edge(sign: string | undefined, source: string): string {
  return sign !== undefined && /[a-z0-9]/.test(sign) ? source : ''
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
