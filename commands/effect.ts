import { z } from 'zod'
import { type Scope, withoutReach } from '../src/access.ts'
import { effectCard } from '../src/cards/effect.ts'
import { winBackCard } from '../src/cards/win-back.ts'
import { splitTeam } from '../src/chat/churn-question.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { needGroupTeam } from '../src/chat/group-scope.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Day } from '../src/model/day.ts'
import { playTitle } from '../src/retention/plays/book.ts'
import { type Proof, proofOf } from '../src/retention/proof.ts'
import { WIN_BACK_WINDOW, type WinBackRate, type WinBackSplit, winBacks } from '../src/retention/win-back.ts'
import { parsePeriod } from '../src/stats/period.ts'
import { teams } from '../src/store/chats.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({ words: z.string().max(60).default('') })
type EffectCall = Call<z.infer<typeof Args>>

const DEFAULT_DAYS = 90
/** A loss needs time to be worked on, and then its window. */
const WIN_BACK_DAYS = 365
/** 成效 挽回: another card; with 打法 by play. */
const WIN_BACK = /挽回|win-?back/i
const BY_PLAY = /按?打法|(?:by )?plays?\b/i

/**
 * 成效 [期间] [团队]: what the alerts changed, against the control group (A94, T7, K16); 成效 挽回: who was won back, by
 * reason or play (A116). For leads and administrators.
 */
export const effect = defineCommand({
  name: 'effect',
  aliases: ['成效', '效果'],
  where: 'both',
  role: 'lead',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: EffectCall) {
    needGroupTeam(call)
    const { scope, text, today, actor } = call
    const all = await teams(ctx)
    const wonBack = WIN_BACK.test(call.args.words)
    const split = wonBack && BY_PLAY.test(call.args.words) ? 'play' : 'reason'
    const words = wonBack ? call.args.words.replace(WIN_BACK, ' ').replace(BY_PLAY, ' ') : call.args.words
    const { team, rest } = splitTeam(words, { teams: all, scope, actor, text })
    const { label, ...days } = periodOf(rest, wonBack ? WIN_BACK_DAYS : DEFAULT_DAYS, call)
    const mine: Scope = team ? { kind: 'team', teamId: team.id } : withoutReach(scope)
    const name = mine.kind === 'team' ? (all.find((one) => one.id === mine.teamId)?.name ?? '') : ''
    if (wonBack) {
      const figures = await winBacks(ctx, mine, { ...days, today, split })
      const rates = figures.rates.map((one) => ({ ...one, label: rateLabel(one, split, ctx, text) }))
      const windowDays = WIN_BACK_WINDOW
      return { cards: [winBackCard({ ...figures, rates, windowDays, team: name, period: label }, text)] }
    }
    const proof = await proofOf(ctx, mine, { ...days, today })
    const admin = actor.role === 'admin'
    const card = effectCard(
      { ...proof, trial: trialOf(proof), team: name, period: label, today, admin },
      text,
    )
    return { cards: [card] }
  },
})

function rateLabel({ by }: WinBackRate, split: WinBackSplit, { settings }: Ctx, text: Text): string {
  const words = text.effect.winBack
  if (split === 'reason') return text.followUp.reasons[by ?? ''] ?? words.noReason
  return by === null ? words.noPlay : (playTitle(by, settings.locale) ?? by)
}

function trialOf({ trial }: Proof) {
  if (!trial) return null
  const { experiment, ...rest } = trial
  const { share, delayDays, windowDays, endedAt } = experiment
  return { ...rest, share, delayDays, windowDays, ended: endedAt !== null }
}

/** 近90天, or a period as `流失` reads it; without words the last `usual` days. */
function periodOf(
  words: string,
  usual: number,
  { today, text }: EffectCall,
): { label: string; since: Day; until: Day } {
  const [, last] = /^(?:近|最近|last)\s*(\d{1,3})\s*(?:天|日|days?)$/i.exec(words.normalize('NFKC')) ?? []
  const days = words === '' ? usual : Number(last ?? 0)
  if (days > 0) return { label: text.effect.lastDays(days), since: today - days, until: today }
  const period = parsePeriod(words, today)
  if (!period) throw new AppError('bad-input', 'no period', { say: text.effect.unknownPeriod(words) })
  return { label: period.label, since: period.from, until: period.to }
}
