import { AppError } from '../errors.ts'
import type { Call } from './command.ts'

/**
 * In a group without a team there is nothing to show.
 * @throws AppError `bad-input` telling how an administrator sets the team.
 */
export function needGroupTeam(call: Pick<Call<unknown>, 'where' | 'scope' | 'text'>): void {
  if (call.where.kind !== 'group' || call.scope.kind !== 'none') return
  throw new AppError('bad-input', 'the group has no team', { say: call.text.chat.groupWithoutTeam })
}
