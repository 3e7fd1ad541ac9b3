import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { DirectoryMember } from '../../model/address-book.ts'
import { boundElsewhere, membersOfSource } from '../../store/directory.ts'
import { textFor } from '../../text/index.ts'
import type { Connector, SourceRow } from '../connector.ts'

export const WECOM_DIRECTORY = 'wecom-directory'

export interface DirectoryOptions {
  readonly read: (signal: AbortSignal) => Promise<readonly DirectoryMember[]>
  /** Accounts of administrators of Liuke. */
  readonly admins: readonly string[]
}

/** So many may leave at once; more than half of all gone at once is a wrong setting and no exodus. */
const FEW = 5

/**
 * The address book as members: departments are teams, their leaders leads. Who is no longer shown, disabled or gone
 * becomes inactive. People whom another source has bound to their account stay that source's.
 */
export function wecomDirectory(ctx: Ctx, { read, admins }: DirectoryOptions): Connector {
  const isAdmin = new Set(admins.map((user) => user.toLowerCase()))
  return {
    name: WECOM_DIRECTORY,
    async *pull(_cursor, signal) {
      const shown = await read(signal)
      const foreign = await boundElsewhere(ctx, 'wecom', WECOM_DIRECTORY)
      const known = await membersOfSource(ctx, WECOM_DIRECTORY)
      const ours = shown.filter(({ user }) => !foreign.has(user))
      const present = new Set(ours.map(({ user }) => user))
      const gone = known.filter((one) => one.active && !present.has(one.key))
      if (gone.length > FEW && gone.length * 2 > known.length) throw tooManyGone(ctx, gone.length)
      const values = [
        ...ours.map((one) => ({
          key: one.user,
          name: one.name,
          role: isAdmin.has(one.user) ? 'admin' : one.leads ? 'lead' : 'rep',
          team: one.department,
          active: one.employed ? '1' : '0',
          wecom: one.user,
        })),
        ...gone.map(({ key, name }) => ({ key, name, active: '0' })),
      ]
      const rows = values.map((value, at): SourceRow => ({ entity: 'members', line: at + 1, values: value }))
      yield { rows, next: String(ctx.clock.now()) }
    },
  }
}

function tooManyGone(ctx: Ctx, count: number): AppError {
  const say = textFor(ctx.settings.locale).sync.tooManyGone(count)
  return new AppError('conflict', 'the address book shows less than half of the known members', { say })
}
