import type { Text } from '../index.ts'

export const followUp: Text['followUp'] = {
  outcomes: {
    won: 'ordered',
    resolved: 'problem solved',
    interested: 'interested',
    considering: 'considering',
    unhappy: 'unhappy',
    refused: 'refused',
    'no-answer': 'not reached',
  },
  channels: { phone: 'phone', visit: 'visit', wechat: 'WeChat', email: 'e-mail', message: 'message' },
  effective: 'effective follow-up',
  touchOnly: 'touch only',
  visit: 'visit',
  touch: 'contact',
  title: (name, kind) => `Logged · ${name} · ${kind}`,
  summary: (name, kind, next) =>
    next === null ? `${name}: ${kind} logged.` : `${name}: ${kind} logged, next on ${next}.`,
  noOutcome:
    'No result yet, so this is a touch only; answer "interested", "ordered", "refused" … to make it count.',
  needWords: (name) => `${name}: what was the result?`,
  needWordsHint: 'Answer in one line, such as "interested, next wed", "no answer, tomorrow", "ordered".',
  askLine: 'Answer with one line, such as "interested, next wed".',
  askNext: 'When is the next contact?',
  labels: { outcome: 'Result', channel: 'By', next: 'Next', note: 'Note', case: 'Case' },
  offDay: (day) => `${day}, not a workday`,
  refused: {
    past: (words) => `"${words}" has passed; please give a later date. Nothing was logged.`,
    'too-far': (words, days) => `"${words}" is more than ${days} days away. Nothing was logged.`,
    'no-such-date': (words) => `There is no date "${words}". Nothing was logged.`,
  },
  next: { days3: 'in 3 days', monday: 'next Monday', month: 'next month' },
  nextGone: 'This log was taken back, or is not yours.',
}
