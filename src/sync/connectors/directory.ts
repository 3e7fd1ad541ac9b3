import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { DirectoryMember } from '../../model/address-book.ts'
import { personId } from '../../model/person-id.ts'
import { boundElsewhere, membersOfSource, type SourceMember } from '../../store/directory.ts'
import { textFor } from '../../text/index.ts'
import type { Connector, SourceRow } from '../connector.ts'

export interface DirectoryOptions {
  /** The name of the source: `wecom-directory`. */
  readonly source: string
  readonly platform: 'wecom' | 'dingtalk'
  readonly read: (signal: AbortSignal) => Promise<readonly DirectoryMember[]>
  /** Accounts of administrators of Liuke. */
  readonly admins: readonly string[]
}

/** So many may leave at once; more than half of all gone at once is a wrong setting and no exodus. */
const FEW = 5

/**
 * The address book of a platform as members: departments are teams, their leaders leads. Who is no longer shown,
 * disabled or gone becomes inactive. People whom another source has bound to their account stay that source's; a
 * department whose name another source uses too is the same team.
 * @throws AppError `conflict` when nobody or less than half of the known members is shown; nothing changes then
 */
export function directory(ctx: Ctx, { source, platform, read, admins }: DirectoryOptions): Connector {
  const isAdmin = new Set(admins.map((user) => personId(platform, user)))
  return {
    name: source,
    async *pull(_cursor, signal) {
      const shown = await read(signal)
      const foreign = await boundElsewhere(ctx, platform, source)
      const active = (await membersOfSource(ctx, source)).filter((one) => one.active)
      const ours = shown.filter(({ user }) => !foreign.has(user))
      const present = new Set(shown.map(({ user }) => user))
      const gone = active.filter((one) => !present.has(one.key))
      checkShown(ctx, platform, { shown: shown.length, gone: gone.length, known: active.length })
      const values = [
        ...ours.map((one) => ({
          key: one.user,
          name: one.name,
          role: isAdmin.has(one.user) ? 'admin' : one.leads ? 'lead' : 'rep',
          team: one.department,
          active: one.employed ? '1' : '0',
          [platform]: one.user,
        })),
        ...[...gone, ...handedOver(active, foreign)].map(({ key, name }) => ({ key, name, active: '0' })),
      ]
      const rows = values.map((value, at): SourceRow => ({ entity: 'members', line: at + 1, values: value }))
      yield { rows, next: String(ctx.clock.now()) }
    },
  }
}

/** Ours until an administrator bound their account to a member of another source. */
function handedOver(active: readonly SourceMember[], foreign: ReadonlySet<string>): SourceMember[] {
  return active.filter(({ key }) => foreign.has(key))
}

function checkShown(
  ctx: Ctx,
  platform: string,
  { shown, gone, known }: { shown: number; gone: number; known: number },
): void {
  const { sync, push } = textFor(ctx.settings.locale)
  const name = push.platforms[platform] ?? platform
  if (shown === 0)
    throw new AppError('conflict', 'the address book is empty', { say: sync.nobodyShown(name) })
  if (gone > FEW && gone * 2 > known) {
    const say = sync.tooManyGone(name, gone)
    throw new AppError('conflict', 'the address book shows less than half of the known members', { say })
  }
}
