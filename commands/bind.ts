import { z } from 'zod'
import { lineCard } from '../src/cards/error.ts'
import { welcomeCard } from '../src/cards/help.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Address } from '../src/model/chat.ts'
import type { Member } from '../src/model/member.ts'
import { personId } from '../src/model/person-id.ts'
import { addAudit } from '../src/store/audit.ts'
import { rememberChat, teams } from '../src/store/chats.ts'
import { bindIdentity, findMembers, memberByIdentity } from '../src/store/members.ts'
import { addressKey, addToOutbox } from '../src/store/outbox.ts'

const Args = z.object({ words: z.string().min(1) })
type BindCall = Call<z.infer<typeof Args>>

/**
 * 绑定: in a direct chat an administrator binds a platform id to a member; in a group, the group to a team.
 * Nobody else can, so nobody takes another's name.
 */
export const bind = defineCommand({
  name: 'bind',
  aliases: ['绑定'],
  where: 'both',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: wordsFromText,
  run: (ctx, call: BindCall) => (call.where.kind === 'group' ? bindGroup(ctx, call) : bindPerson(ctx, call)),
})

async function bindPerson(ctx: Ctx, call: BindCall): Promise<Reply> {
  const { text } = call
  const words = text.commands.bind
  const [, person, name] = /^(\S+)\s+(.+)$/.exec(call.args.words) ?? []
  if (person === undefined || name === undefined) {
    const say = `${text.commands.usage}: ${text.commands.help.bind?.usage ?? ''}`
    throw new AppError('bad-input', 'two words are needed', { say })
  }
  const { platform } = call.event.who
  const found = await otherMembers(ctx, { platform, person, name: name.trim() })
  const [member] = found
  if (!member) throw new AppError('not-found', 'no such member', { say: words.noMember(name) })
  if (found.length > 1) {
    throw new AppError('bad-input', 'several members', { say: words.severalMembers(name, found.length) })
  }
  await bindIdentity(ctx, { platform, person, memberId: member.id })
  await addAudit(ctx, {
    memberId: call.actor.id,
    action: 'bind',
    subject: `member:${member.id}`,
    detail: { platform },
  })
  await welcome(ctx, call, { platform, kind: 'dm', id: person }, member.name)
  return { cards: [lineCard(words.done(person, member.name), text)] }
}

/**
 * The members of this name. Where several have it, the one who has this account is left out: two address books know
 * the same person, and the account goes to the other of the two.
 */
async function otherMembers(
  ctx: Ctx,
  { platform, person, name }: { platform: string; person: string; name: string },
): Promise<Member[]> {
  const found = await findMembers(ctx, name)
  if (found.length < 2) return found
  const current = await memberByIdentity(ctx, platform, personId(platform, person))
  return found.filter(({ id }) => id !== current?.id)
}

async function welcome(ctx: Ctx, call: BindCall, to: Address, name: string): Promise<void> {
  await addToOutbox(ctx, {
    id: `welcome:${call.inboundKey}`,
    platform: to.platform,
    kind: 'send',
    target: to,
    address: addressKey(to),
    card: welcomeCard(name, call.text),
    lane: 'reply',
    notBefore: ctx.clock.now(),
  })
}

async function bindGroup(ctx: Ctx, call: BindCall): Promise<Reply> {
  const { text, where, args } = call
  const all = await teams(ctx)
  const team = all.find((one) => one.name === args.words)
  if (!team) {
    const say = text.commands.bind.noTeam(args.words, all.map((one) => one.name).join(text.cards.comma))
    throw new AppError('not-found', 'no such team', { say })
  }
  const { platform } = call.event.who
  await rememberChat(ctx, { platform, chat: where.id, title: where.title ?? null, teamId: team.id })
  await addAudit(ctx, {
    memberId: call.actor.id,
    action: 'bind-group',
    subject: `team:${team.id}`,
    detail: { platform },
  })
  return { cards: [lineCard(text.commands.bind.groupDone(team.name), text)] }
}
