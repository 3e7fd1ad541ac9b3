import { z } from 'zod'
import { lineCard } from '../src/cards/error.ts'
import { grumbleAnswerCard } from '../src/cards/grumble.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { AppError } from '../src/errors.ts'
import { MAX_VOICE_CHARS } from '../src/model/feedback.ts'
import { grumbleById, answerGrumble as storeAnswer } from '../src/store/grumbles.ts'
import { tellMember } from '../src/store/tell-member.ts'

const Args = z.object({
  id: z.number().int().positive(),
  words: z.string().max(MAX_VOICE_CHARS).default(''),
})

/** 回复吐槽 3 内容: the answer goes to whoever grumbled; the administrator never learns who that is. */
export const answerGrumble = defineCommand({
  name: 'answer-grumble',
  aliases: ['回复吐槽'],
  where: 'dm',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: idAndWords,
  async run(ctx, { args, actor, text, inboundKey }: Call<z.infer<typeof Args>>): Promise<Reply> {
    const words = text.voices.grumble
    const { id } = args
    const known = await grumbleById(ctx, id)
    if (!known) throw new AppError('not-found', 'no such grumble', { say: words.gone(id) })
    const answer = args.words.trim()
    if (known.answer === null && answer === '') {
      const ask = {
        id: inboundKey,
        kind: 'line',
        command: 'answer-grumble',
        args: { id },
        options: [],
      } as const
      return { cards: [lineCard(words.ask(id, known.text), text)], ask }
    }
    const memberId = await storeAnswer(ctx, id, { answer, by: actor.id })
    if (memberId === null) return { cards: [lineCard(words.already(id), text)] }
    await tellMember(ctx, memberId, {
      id: `grumble-answer:${id}`,
      card: grumbleAnswerCard(known.text, answer, text),
    })
    return { cards: [lineCard(words.answered(id), text)] }
  },
})

/** `3 下周改`, `#3 下周改`. */
function idAndWords(rest: string): unknown {
  const [, id, words = ''] = /^\s*#?\s*(\d{1,9})[\s,，:：、]*(.*)$/su.exec(rest.normalize('NFKC')) ?? []
  return { id: id === undefined ? rest : Number(id), words }
}
