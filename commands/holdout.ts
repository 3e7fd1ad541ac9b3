import { z } from 'zod'
import { holdoutAskCard, holdoutCard, USUAL_SHARE } from '../src/cards/holdout.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { holdoutNeeds, holdoutState } from '../src/retention/holdout-state.ts'
import { saveSettings } from '../src/scoring/preview/decide-settings.ts'
import { draftSettings } from '../src/scoring/preview/draft-settings.ts'
import { withSavedSettings } from '../src/scoring/preview/settings-in-force.ts'
import { activeSettings } from '../src/store/settings-versions.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({
  words: z.string().max(40).optional(),
  do: z.enum(['save', 'cancel']).optional(),
  share: z.number().optional(),
  /** The version of the settings it was asked over; 0: the file. */
  base: z.number().int().optional(),
})
type HoldoutCall = Call<z.infer<typeof Args>>

const SETTING = 'retention.holdout.share'
const OFF = /^(?:关|关闭|关掉|停|off|stop)$/i
const ON = /^(?:开|打开|开启|on)?\s*(?:(\d+(?:\.\d+)?)\s*(%)?)?$/i

/** 对照组, 对照组 开 10%, 对照组 关: an administrator switches the proof on and off, after a card that says what it does. */
export const holdout = defineCommand({
  name: 'holdout',
  aliases: ['对照组', 'control group'],
  where: 'dm',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: HoldoutCall): Promise<Reply> {
    const { args, text, event } = call
    const { said } = text.holdout
    if (args.do === 'save') return { cards: [], update: await stateCard(ctx, call, await save(ctx, call)) }
    if (args.do === 'cancel') return { cards: [], update: await stateCard(ctx, call, said.cancelled) }
    const words = (args.words ?? '').normalize('NFKC').trim()
    if (words === '') return { cards: [await stateCard(ctx, call, null)] }
    const share = shareIn(words, text)
    if (share === ctx.settings.retention.holdout.share)
      return { cards: [await stateCard(ctx, call, said.same)] }
    const card = await askCard(ctx, share, call)
    return event.kind === 'action' ? { cards: [], update: card } : { cards: [card] }
  },
})

/** `开 10%`, `开 0.1`, `10`, `关`. */
function shareIn(words: string, text: Text): number {
  if (OFF.test(words)) return 0
  const found = ON.exec(words)
  if (!found) throw new AppError('bad-input', 'no share', { say: text.holdout.said.howTo })
  const [, number, percent] = found
  if (number === undefined) return USUAL_SHARE
  const value = Number(number)
  const share = percent !== undefined || value >= 1 ? value / 100 : value
  // Off has a word of its own: nobody switches it off by a slip.
  if (share === 0) throw new AppError('bad-input', 'a share of nothing', { say: text.holdout.said.range })
  return share
}

async function askCard(ctx: Ctx, share: number, { text, today }: HoldoutCall) {
  const settings = drafted(ctx, share, text)
  const draft = { share, base: (await activeSettings(ctx))?.id ?? null }
  const need = share > 0 ? await holdoutNeeds({ ...ctx, settings }, today) : null
  return holdoutAskCard({ ...(await holdoutState(ctx, today)), draft, need }, text)
}

/** As the setting of the file is checked. */
function drafted(ctx: Ctx, share: number, text: Text): Ctx['settings'] {
  try {
    return draftSettings(ctx.settings, { [SETTING]: share })
  } catch (cause) {
    throw new AppError('bad-input', 'no such share', { cause, say: text.holdout.said.range })
  }
}

async function save(ctx: Ctx, { args, actor, text }: HoldoutCall): Promise<string> {
  const { share = 0, base = 0 } = args
  const { said } = text.holdout
  drafted(ctx, share, text)
  const asked = { base: base === 0 ? null : base, sets: { [SETTING]: share } }
  if (!(await saveSettings(ctx, asked, actor.id))) return said.late
  return share > 0 ? said.on(share) : said.off
}

/** With the settings as they stand after what was just saved. */
async function stateCard(ctx: Ctx, { text, today }: HoldoutCall, said: string | null) {
  return holdoutCard(await holdoutState(await withSavedSettings(ctx), today), said, text)
}
