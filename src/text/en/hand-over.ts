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
  welcome: (name, from, last) => `${name}, while you were away: ${span(from, last)}`,
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

const transfer: Text['handOver']['transfer'] = {
  things: { case: 'Case only', customer: 'Customer too' },
  explain: {
    case: 'Case only: goes back to the owner once it is closed.',
    customer: 'Customer too: theirs from now on.',
  },
  ask: (customer, to) => `Pass ${customer} on to ${to}?`,
  whom: (customer) => `Pass ${customer} on to whom?`,
  hint: (customer) => `In brackets: open cases. Or send "transfer ${customer} NAME REASON"`,
  nobody: 'There is no colleague to pass it on to.',
  reason: (words) => `Reason: ${words}`,
  done: (customer, to) => `Passed on: ${customer} → ${to}`,
  already: (customer, to) => `${customer} is with ${to} already.`,
  told: {
    case: (to) => `${to} gets a message. Once closed, the customer is with its owner again.`,
    customer: (to) => `${to} gets a message, and owns it from now on.`,
  },
  taken: {
    case: (customer, to, by) => `${by} passed the case of ${customer} on to ${to}`,
    customer: (customer, to, by) => `${by} passed the customer ${customer} on to ${to}`,
  },
  received: (by, customer) => `${by} passed on to you: ${customer}`,
  promised: (day) => `Promised for ${day}`,
  kept: { case: 'Only this case; then it is with its owner again', customer: 'Your customer from now on' },
  noCase: 'This customer has no open case; only the customer can be passed on.',
  notYours: 'Only the owner, a lead or an administrator can pass it on.',
  otherTeam: 'Only to active colleagues of the same team; ask your lead for others.',
  away: (name) => `${name} is on leave; please choose somebody else.`,
  changed: 'Somebody just changed this customer; please look again first.',
  undone: (n, name) =>
    n === 1 ? `Taken back: ${name}` : `Taken back: ${n} customers are with their owners again.`,
  takenBack: (by, n, name) =>
    n === 1 ? `${by} took ${name} back` : `${by} took ${n} customers back that were given to you`,
  passed: '→ passed on',
}

const leaver: Text['handOver']['leaver'] = {
  title: (name, n) => `${name} has left: who takes the ${n} customers?`,
  note: 'Until then the open cases are yours. Or send "hand-over LEAVER RECEIVER"',
  allTo: (name, load) => `All to ${name} (${load})`,
  spread: 'Spread by load',
  more: (n) => `${n} more`,
  done: (name) => `The customers of ${name} are handed over`,
  got: (name, n) => `${name}: ${n} customers`,
  platform: 'WeCom friends move separately: "resigned inheritance" in its console',
  yours: (leaver, n) => `${n} customers of ${leaver} are yours now`,
  first: 'Promises first, then the open cases',
  share: (name, n) => `${name} ${n}`,
  assigned: (n, who) => `${n} customers at risk without an owner assigned: ${who}`,
  none: 'Nobody who left still owns customers.',
  notYours: 'Only their lead or an administrator hands over.',
  active: (name) => `${name} is still here. Use "transfer" for one customer, "leave" for an absence.`,
  decided: 'Their customers were handed over already.',
}

export const handOver: Text['handOver'] = {
  leave,
  transfer,
  leaver,
  insteadOf: (name) => `for ${name}`,
  named: (customer, owner) => `${customer} (${owner})`,
  rerouted: (mark, words) => `[${mark}] ${words}`,
  nobodyThere: (name) => `${name} is away and nobody stands in`,
  noMember: (name) => `No colleague "${name}"; please write the full name.`,
  whomThen: (name) => `No colleague "${name}": who is meant?`,
  whichMember: (name, n) => `${n} people match "${name}": which one?`,
  withLoad: (name, n) => `${name} (${n})`,
  load: ({ customers, cases, promises }) =>
    `${customers} customers, ${cases} open cases, ${promises} promises.`,
}
