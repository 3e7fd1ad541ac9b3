import type { Text } from '../index.ts'

export const login: Text['login'] = {
  title: 'Log in',
  lead: 'Log in with your work account. You see only the customers you may see.',
  with: (platform) => `Log in with ${platform}`,
  none: 'No login is set up yet: an administrator must switch on the WeCom or DingTalk app.',
  left: 'You have logged out.',
  choose: 'Who are you?',
  demo: 'Demo: choose somebody to be.',
  enter: 'Open the board',
  again: 'Log in again',
  failed: 'The login did not work',
  expired: 'The login has expired. Please log in again.',
  stranger: (person) =>
    `We do not know you yet. Send this account to an administrator to be bound: ${person}`,
  outsider: 'This account is no member of the company.',
  inactive: 'Your account is switched off. Please ask an administrator.',
  tooMany: 'Too many people are logging in. Try again in a minute.',
}
