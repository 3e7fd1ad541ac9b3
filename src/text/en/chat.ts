import type { Text } from '../index.ts'

export const chat: Text['chat'] = {
  noSuchCustomer: (name) =>
    name === null
      ? 'No such customer, or you may not see it.'
      : `No customer "${name}", or you may not see it.`,
  unknown: {
    dm: 'I did not understand that. Try "mine", "customer NAME", "log NAME result", or "help".',
    group:
      'I did not understand that. Here you can ask "churn this month" or "list"; message me for details.',
  },
  welcome: 'All right. Say "mine" to see whom to call first.',
  fewer: 'A customer that should not be here: press "False alarm" or "Later" on it. For fewer: "per-day 3".',
  regret: 'What shall I put right? Undo takes the last step back, Change corrects the follow-up just logged.',
  tooLong: 'That is too long; please keep it below 500 characters.',
  inactive: 'Your account is inactive; please ask the administrator.',
  buttonGone: 'This button no longer works; send "mine" for the latest state.',
  chooseFirst: 'That note is not recorded yet: choose its customer first, then correct it.',
  noteDropped: 'Fine, that note is not recorded; earlier follow-ups stand.',
  questionClosed: 'This choice was used or has expired; please send your words again.',
  strangerInGroup: 'I do not know you yet; please message me directly to get bound.',
  groupHello:
    'Hello, I am Liuke. In groups I show totals and masked names; an administrator sets the team with "bind TEAM".',
  groupWithoutTeam: 'This group has no team yet; an administrator sets it here with "bind TEAM".',
  elsewhere: {
    dm: 'This is not for a group; please message me directly.',
    group: 'Please use this command in a group.',
  },
  needsRole: (role) => `Only the role ${role} may use this command.`,
}
