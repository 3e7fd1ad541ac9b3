import { z } from 'zod'
import { signalName, signalsCard } from '../src/cards/signals.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { fold } from '../src/chat/fold.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { keepMuted, setSignal, signalRecords } from '../src/push/quiet-signals.ts'
import type { Text } from '../src/text/index.ts'

const Args = z.object({
  /** Id of a signal, or its title as typed. */
  signal: z.string().max(60).optional(),
  do: z.enum(['mute', 'restore', 'keep']).optional(),
})
type Args = z.infer<typeof Args>

const DOES: Readonly<Record<string, Args['do']>> = {
  静音: 'mute',
  mute: 'mute',
  恢复信号: 'restore',
  '恢复 信号': 'restore',
  restore: 'restore',
}

/** 信号, 静音 沉默, 恢复信号 沉默: how often each signal was wrong, and the administrator's word about it (C32, L5). */
export const signals = defineCommand({
  name: 'signals',
  aliases: ['信号', '静音', '恢复信号', '恢复 信号', 'mute', 'restore'],
  where: 'dm',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: (rest, word) => ({
    ...(DOES[word] && { do: DOES[word] }),
    ...(rest !== '' && { signal: rest }),
  }),
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const { window } = ctx.settings.noise.signals
    const said = call.args.do === undefined ? undefined : await act(ctx, call, call.args.do)
    const card = signalsCard(
      await signalRecords(ctx),
      { window, ...(said !== undefined && { said }) },
      call.text,
    )
    return call.event.kind === 'action' ? { cards: [], update: card } : { cards: [card] }
  },
})

async function act(
  ctx: Ctx,
  { args, actor, text }: Call<Args>,
  what: NonNullable<Args['do']>,
): Promise<string> {
  const { said } = text.noise.signals
  if (!args.signal) throw new AppError('bad-input', 'no signal named', { say: said.which })
  const signal = signalNamed(args.signal, text)
  if (signal === null) throw new AppError('not-found', 'no such signal', { say: said.unknown(args.signal) })
  const name = signalName(signal, text)
  if (what === 'keep') {
    await keepMuted(ctx, signal, actor.id)
    return said.kept(name)
  }
  const state = what === 'mute' ? 'muted' : 'active'
  if (!(await setSignal(ctx, { signal, state, by: actor.id }))) return said.already(name)
  return what === 'mute' ? said.muted(name) : said.restored(name)
}

function signalNamed(words: string, { scoring }: Text): string | null {
  const asked = fold(words).replaceAll(' ', '')
  const names = Object.entries(scoring.signals)
  return names.find(([id, title]) => id === asked || fold(title).replaceAll(' ', '') === asked)?.[0] ?? null
}
