import type { Understood } from '../retention/understand.ts'

/** Ways to get in touch, without words that only share a sign: 续约 and 打款 are what customers do. */
const CONTACT =
  /联系|打(?!款|样|折|算|包|版)|电话|拜访|回访|走访|上门|见|聊|谈|沟通|跟进|找|问(?!题)|开会|去|再约|约(?![定占])(?<![续签大节预]约)|\b(?:call|visit|meet|ring|write|follow)\b/i
/** Something that was: then it is a report, whatever is planned besides. */
const DONE = /[了过没已不]|说|反馈|表示|\b(?:called|visited|met|said|says|was|no)\b/i
const OPEN: readonly Understood['outcome'][] = [null, 'neutral', 'promised']
/** What may stand beside a name and a date: 锐新精密 下周一. */
const NOTHING_ELSE = /^(?:吧|见|再说|再看|前)?[\s,，。.、:：!！~]*$/

/**
 * Whether a line only says when somebody will be contacted: 明天再打给华联, 提醒我周五联系华联. The date comes before the
 * contact; 联系华联，下周三再约 tells of one. Pure.
 * @param text without the names of customers, which may hold any of these words
 */
export function isPlan(
  text: string,
  { outcome, nextOn, refused, saidDate }: Pick<Understood, 'outcome' | 'nextOn' | 'refused' | 'saidDate'>,
): boolean {
  if ((nextOn === null && refused === null) || saidDate === null || !OPEN.includes(outcome)) return false
  const plain = text.normalize('NFKC').trim()
  const at = plain.indexOf(saidDate)
  if (at < 0 || DONE.test(plain)) return false
  const [before, after] = [plain.slice(0, at), plain.slice(at + saidDate.length)]
  if (CONTACT.test(before.replace(/^(?:请)?(?:提醒|记得|记着|别忘).{0,2}/, ''))) return false
  return CONTACT.test(after) || (before.trim() === '' && NOTHING_ELSE.test(after))
}
