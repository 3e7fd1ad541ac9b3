import { bindCard } from '../cards/bind.ts'
import { errorCard, lineCard } from '../cards/error.ts'
import { welcomeCard } from '../cards/help.ts'
import type { Ctx } from '../context.ts'
import type { AppError } from '../errors.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { rememberChat } from '../store/chats.ts'
import { type Text, textFor } from '../text/index.ts'
import type { Reply } from './command.ts'

/** What an event leads to. Work that writes runs in the transaction that stores its reply. */
export interface Work {
  readonly writes: boolean
  /** For the log. */
  readonly name: string
  run(ctx: Ctx): Promise<Reply>
  /** Gives the work to do instead, after asking another machine; outside any transaction. */
  readonly prepare?: (ctx: Ctx) => Promise<Work>
}

/** Somebody opened the chat, or the bot came into a group, which it remembers. */
export function joined(event: InboundEvent, actor: Member | null, text: Text): Work {
  if (event.where.kind === 'group') {
    const { platform } = event.who
    return {
      name: 'joined',
      writes: true,
      async run(ctx) {
        await rememberChat(ctx, { platform, chat: event.where.id, title: event.where.title ?? null })
        return { cards: [lineCard(text.chat.groupHello, text)] }
      },
    }
  }
  return say('joined', actor ? { cards: [welcomeCard(actor.name, text)] } : strangerReply(event, text))
}

/** Nobody binds themselves to a name: an administrator does it with the id shown here. */
export function strangerReply(event: InboundEvent, text: Text): Reply {
  if (event.where.kind === 'group') return { cards: [lineCard(text.chat.strangerInGroup, text)] }
  return { cards: [bindCard(event.who.id, text)] }
}

/** An answer that is known already. */
export function say(name: string, reply: Reply): Work {
  return { name, writes: false, run: async () => reply }
}

/** The sentence for a failure: the one written for the person, else the general one of its code. */
export function failureReply(error: AppError, locale: Ctx['settings']['locale']): Reply {
  const text = textFor(locale)
  return { cards: [errorCard(error.code, error.say ?? null, text)] }
}
