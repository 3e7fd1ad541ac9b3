import { type Ctx, inTransaction } from '../../context.ts'
import { rememberChat, teams } from '../../store/chats.ts'
import { bindIdentity, findMembers } from '../../store/members.ts'
import { MEMBERS, TEAMS } from './company.ts'

const PLATFORM = 'playground'

/** Everybody's chat with the bot and one sales group per team, on the playground. May run again and again. */
export async function seedDemoChats(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (const { key } of MEMBERS) {
      const [member] = await findMembers(tx, key)
      if (member) await bindIdentity(tx, { platform: PLATFORM, person: key, memberId: member.id })
    }
    const known = await teams(tx)
    for (const { key, name } of TEAMS) {
      const team = known.find((one) => one.name === name)
      if (!team) continue
      const group = { platform: PLATFORM, chat: `team-${key}`, title: `${name}销售群` }
      await rememberChat(tx, { ...group, teamId: team.id })
    }
  })
}
