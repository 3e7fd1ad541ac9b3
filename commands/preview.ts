import { z } from 'zod'
import { previewAskedCard, settingsCard } from '../src/cards/preview.ts'
import { settingName } from '../src/cards/preview-lines.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { readSets } from '../src/chat/preview-words.ts'
import { settingsNow } from '../src/chat/settings-now.ts'
import type { Ctx } from '../src/context.ts'
import { AppError, asAppError } from '../src/errors.ts'
import type { SettingSets } from '../src/model/preview.ts'
import { decideSettings } from '../src/scoring/preview/decide-settings.ts'
import { draftSettings, settingChanges } from '../src/scoring/preview/draft-settings.ts'
import { activeSettings, addDraft } from '../src/store/settings-versions.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({
  words: z.string().optional(),
  version: z.number().int().optional(),
  do: z.enum(['save', 'drop', 'restore']).optional(),
})
type Args = z.infer<typeof Args>

/** 试算 高=0.7: what a change of the scoring settings would do; nothing is saved that was not previewed (A19). */
export const preview = defineCommand({
  name: 'preview',
  aliases: ['试算', '试算设置'],
  where: 'dm',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const { args, text } = call
    if (args.do !== undefined) return act(ctx, call)
    if ((args.words ?? '').trim() === '') return { cards: [settingsCard(await settingsNow(ctx), text)] }
    return ask(ctx, call)
  },
})

/** Checks the draft at once and leaves the scoring to the worker. */
async function ask(ctx: Ctx, { actor, args, text }: Call<Args>): Promise<Reply> {
  const given = readSets(args.words ?? '', text)
  checkDraft(ctx, given, text)
  const changes = settingChanges(ctx.settings, given)
  if (changes.length === 0) {
    throw new AppError('bad-input', 'nothing changes', { say: text.preview.nothing })
  }
  const base = await activeSettings(ctx)
  const sets = { ...base?.sets, ...given }
  await addDraft(ctx, { memberId: actor.id, baseId: base?.id ?? null, sets })
  return { cards: [previewAskedCard(changes, text)] }
}

function checkDraft(ctx: Ctx, sets: SettingSets, text: Text): void {
  try {
    draftSettings(ctx.settings, sets)
  } catch (thrown) {
    const error = asAppError(thrown)
    const lines = (error.say ?? '').replace(/^[\w.-]+(?=: )/gm, (path) => settingName(path, text))
    throw new AppError('bad-input', error.message, { cause: thrown, say: text.preview.chat.invalid(lines) })
  }
}

/** A button: what came of it, and what is in force now. */
async function act(ctx: Ctx, { args, actor, text }: Call<Args>): Promise<Reply> {
  const { do: kind = 'drop', version = 0 } = args
  const { said } = text.preview.chat
  const done = await decideSettings(ctx, { kind, version }, actor.id)
  const now = await settingsNow(ctx)
  return { cards: [], update: settingsCard({ ...now, said: done ? said[kind] : said.late }, text) }
}
