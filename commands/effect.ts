import { z } from 'zod'
import { effectCard } from '../src/cards/effect.ts'
import { scriptsCard } from '../src/cards/scripts.ts'
import { winBackCard } from '../src/cards/win-back.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { readQuestion } from '../src/chat/figure-question.ts'
import type { Ctx } from '../src/context.ts'
import type { Card } from '../src/model/card.ts'
import { playTitle } from '../src/retention/plays/book.ts'
import { scriptProofs } from '../src/retention/plays/script-proof.ts'
import { type Proof, proofOf } from '../src/retention/proof.ts'
import { WIN_BACK_WINDOW, type WinBackRate, type WinBackSplit, winBacks } from '../src/retention/win-back.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({ words: z.string().max(60).default('') })
type EffectCall = Call<z.infer<typeof Args>>

const DEFAULT_DAYS = 90
/** A loss needs time to be worked on, and then its window. */
const WIN_BACK_DAYS = 365
/** 成效 挽回: another card; with 打法 by play. */
const WIN_BACK = /挽回|win-?back/i
/** 成效 话术: trials of scripts. */
const SCRIPTS = /话术(?:试验)?|scripts?/i
const BY_PLAY = /按?打法|(?:by )?plays?\b/i

/**
 * 成效 [期间] [团队]: what the alerts changed, against the control group (A94, T7, K16); 成效 挽回: who was won back, by
 * reason or play (A116); 成效 话术: two scripts of a play against each other (A93). For leads and administrators.
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
    const { text, today, actor } = call
    const wonBack = WIN_BACK.test(call.args.words)
    const split = wonBack && BY_PLAY.test(call.args.words) ? 'play' : 'reason'
    const scripts = !wonBack && SCRIPTS.test(call.args.words)
    if (scripts) return { cards: [await scriptsOf(ctx, call)] }
    const words = wonBack ? call.args.words.replace(WIN_BACK, ' ').replace(BY_PLAY, ' ') : call.args.words
    const usual = wonBack ? WIN_BACK_DAYS : DEFAULT_DAYS
    const { period, scope, whose } = await readQuestion(ctx, call, words, { usual })
    const days = { since: period.from, until: period.to, today }
    const shown = { team: whose, period: period.label }
    if (wonBack) {
      const figures = await winBacks(ctx, scope, { ...days, split })
      const rates = figures.rates.map((one) => ({ ...one, label: rateLabel(one, split, ctx, text) }))
      const windowDays = WIN_BACK_WINDOW
      return { cards: [winBackCard({ ...figures, ...shown, rates, windowDays }, text)] }
    }
    const proof = await proofOf(ctx, scope, days)
    const admin = actor.role === 'admin'
    const card = effectCard({ ...proof, ...shown, trial: trialOf(proof), today, admin }, text)
    return { cards: [card] }
  },
})

/** Whole trials: no period, who chooses the days after looking finds something. */
async function scriptsOf(ctx: Ctx, call: EffectCall): Promise<Card> {
  const { scope, whose } = await readQuestion(ctx, call, call.args.words.replace(SCRIPTS, ' '))
  const { locale } = ctx.settings
  const { proofs, asOf } = await scriptProofs(ctx, scope, call.today)
  const trials = proofs.map(({ play, says, ...one }) => {
    const language = locale === 'zh-CN' ? 'zh' : 'en'
    const said = says && { a: says.a[language], b: says.b[language] }
    return { ...one, title: playTitle(play, locale) ?? play, says: said }
  })
  return scriptsCard({ trials, asOf, team: whose }, call.text)
}

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
