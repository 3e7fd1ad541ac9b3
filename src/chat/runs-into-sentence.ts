import { scopeOf } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Member } from '../model/member.ts'
import { customersNamed } from '../store/customers.ts'
import { readReport } from './free-report.ts'
import { nameCandidates, spellings } from './names.ts'
import type { Parsed } from './parse.ts'

const AMEND = 'amend'
/** 改约下周三 corrects; 改天再聊 tells. */
const ANOTHER_DAY = /^改[天日]/

/**
 * While a question waits for a line, `客户说太贵` is the answer and no command: the command word is run into
 * the words, and no customer's name follows it.
 */
export async function isSentence(
  ctx: Ctx,
  { actor }: { readonly actor: Member },
  { apart, rest }: { apart: boolean; rest: string },
): Promise<boolean> {
  if (apart) return false
  const names = nameCandidates(rest).flatMap((one) => spellings(one.name))
  return (await customersNamed(ctx, scopeOf(actor), names)).length === 0
}

/** 拜访了华联超市，对价格不满 begins like a command and is a sentence; 拜访 华联超市 is the command. */
export async function runsIntoSentence(
  ctx: Ctx,
  asked: { readonly actor: Member; readonly event: { readonly text: string } },
  { apart, rest, command }: Extract<Parsed, { kind: 'command' | 'suggestion' }>,
): Promise<boolean> {
  const { text } = asked.event
  if (apart || (command.name === AMEND && !ANOTHER_DAY.test(text))) return false
  if (readReport(ctx, text) !== 'sure') return false
  if (await isSentence(ctx, asked, { apart, rest })) return true
  if (command.writes) return false
  const names = await customersNamed(
    ctx,
    scopeOf(asked.actor),
    nameCandidates(rest).flatMap(({ name }) => spellings(name)),
  )
  return nameCandidates(rest).some(
    (one) =>
      names.some(({ name, shortName }) =>
        spellings(one.name).some((typed) => typed === name || typed === shortName),
      ) && readReport(ctx, one.rest) !== null,
  )
}
