import { partsOfDay } from '../../model/day.ts'
import type { Text } from '../index.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const plays: Text['plays'] = {
  labels: { situation: 'Situation', because: 'Because', contact: 'Contact', promise: 'Last promise' },
  title: (name, play) => `${name} · ${play}`,
  summary: (name, play, now) => `${name}: ${play}. ${now}`,
  first: (step) => `Now: ${step}`,
  said: (day, words) => `${day}: "${words}"`,
  step: (rank, day, what) => `${rank}. ${day} ${what}`,
  stepDone: (rank, what) => `${rank}. ✓ ${what}`,
  stepLate: (rank, day, what) => `${rank}. late, ${day}: ${what}`,
  stepNext: (rank, day, what) => `${rank}. next, ${day}: ${what}`,
  dueStep: (rank, since, what) => `step ${rank}${since === '' ? '' : ` (due ${since})`}: ${what}`,
  stepsDue: (n) => `${n} play steps due`,
  stepsDueOf: (n, names) => `${n} play steps due today: ${names}`,
  allDone: 'All steps are done.',
  ends: {
    order: 'The customer ordered',
    'told-order': 'A follow-up says they ordered',
    refused: 'The customer said no',
    lost: 'The customer is lost',
    solved: 'The complaint is solved',
  },
  ended: (day, why) => `${why} (${day}): the play stops`,
  doneOf: (done, steps) => `${done} of ${steps} steps done; the rest is not needed`,
  ask: (question) => `Ask: ${question}`,
  stop: (when) => `Stop: ${when}`,
  sayDay: (day, today) => {
    const { year, month, date } = partsOfDay(day)
    return `${date} ${MONTHS[month - 1]}${year === partsOfDay(today).year ? '' : ` ${year}`}`
  },
  betweenSentences: ' ',
  similar: {
    tooFew: (n) => `${n} similar cases closed: too few to tell`,
    line: (saved, of, how) =>
      `${saved} of ${of} similar cases saved${how.length === 0 ? '' : `: mostly ${how.join(', ')}`}`,
    play: (title) => `"${title}"`,
    days: (n) => `order after ${n} days`,
  },
  brief: {
    title: (name) => `${name} · before you call`,
    summary: (name, question) => `${name}: open with "${question}"`,
    complaint: (day, words) => (words === '' ? `${day} open complaint` : `${day} open complaint: "${words}"`),
    ticket: (day, words) => (words === '' ? `${day} open ticket` : `${day} open ticket: "${words}"`),
    moreOpen: (n) => `, ${n} more open`,
    order: (day, money, days) =>
      `${day} last order${money === '' ? '' : ` ${money}`}, ${days === 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`}`,
    touch: (day, kind, words) => (words === '' ? `${day} ${kind}` : `${day} ${kind}: "${words}"`),
    since: (day) => `${day} became a customer`,
    next: (day, overdue, words) =>
      `${day} next contact${overdue ? ' (overdue)' : ''}${words === '' ? '' : `: "${words}"`}`,
    promised: (day, words) => (words === '' ? `${day} they promised` : `${day} they promised: "${words}"`),
    nothing: 'No history yet: ask what they need.',
  },
  draft: {
    title: (name) => `${name} · draft message`,
    summary: (name) => `A draft message for ${name}; change it and send it yourself.`,
    slots: {
      contact: 'contact',
      rep: 'your name',
      lastOrder: 'last order',
      complaint: 'day of the complaint',
      promise: 'agreed day',
      renewal: 'end of term',
    },
    sources: (fields) => `Made of: ${fields}`,
    note: 'Only a draft: nothing is sent to the customer. Change it and send it yourself.',
  },
}
