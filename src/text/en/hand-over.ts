import type { Text } from '../index.ts'

const span = (from: string, last: string): string => (from === last ? from : `${from} – ${last}`)

const leave: Text['handOver']['leave'] = {
  title: (name, from, last) => `${name} on leave ${span(from, last)}`,
  deputy: (name) => `Reminders go to ${name} meanwhile.`,
  lead: (name) => `Reminders go to the lead ${name} meanwhile. For somebody else: "leave … to NAME".`,
  nobody:
    'Nobody stands in and the lead is away too: customers at risk are told to the administrator. Send "leave … to NAME".',
  back: (day, own) =>
    own ? `Ends by itself on ${day}; you get one summary that morning.` : `Ends by itself on ${day}.`,
  standIn: (name, from, last) => `Please stand in for ${name}: ${span(from, last)}`,
  marked: (mark) => `Due reminders come to you, marked "${mark}"; "mine" shows all.`,
  over: (name) => `The leave of ${name} is over; no need to stand in.`,
  none: 'Nobody is on leave.',
  list: (n) => `On leave now or soon: ${n}`,
  noReceiver: 'nobody stands in',
  cancelled: (name) => `The leave of ${name} is cancelled.`,
  undone: (name) => `Taken back: the leave of ${name} is as it was before.`,
  notAway: (name) => `${name} is not on leave.`,
  welcome: (name, from, last) => `${name}, while you were away (${span(from, last)})`,
  followedUp: (day, by, customer, outcome) => `${day} ${by} · ${customer}: ${outcome}`,
  touched: 'touch only',
  moreFollowUps: (n) => `${n} more follow-ups`,
  opened: (n, names) => `${n} new cases: ${names}`,
  due: (n, names) => `${n} promises due: ${names}`,
  quiet: 'Nothing new with your customers.',
  onlyLead: 'Only leads and administrators set a leave for others.',
  ownTeam: 'Only for people of your own team.',
  badTime: 'The time was not understood, or is too long (180 days at most). For example: leave 3 days to Li.',
  self: 'People cannot stand in for themselves.',
}

export const handOver: Text['handOver'] = {
  leave,
  insteadOf: (name) => `for ${name}`,
  named: (customer, owner) => `${customer} (${owner})`,
  rerouted: (mark, words) => `[${mark}] ${words}`,
  nobodyThere: (name) => `${name} is away and nobody stands in`,
  noMember: (name) => `No colleague "${name}"; please write the full name.`,
  whichMember: (name, n) => `${n} people match "${name}": which one?`,
  withLoad: (name, n) => `${name} (${n})`,
  load: ({ customers, cases, promises }) =>
    `${customers} customers, ${cases} open cases, ${promises} promises.`,
}
