import type { Text } from '../index.ts'

const feedback: Text['voices']['feedback'] = {
  states: {
    received: 'received',
    doing: 'in work',
    live: 'live',
    declined: 'declined',
    withdrawn: 'withdrawn',
  },
  moves: { doing: 'In work', live: 'Live', declined: 'Decline' },
  saved: (customer) => `Noted what ${customer} wishes for`,
  savedNote: 'I tell you when it moves, so that you can tell the customer.',
  withdraw: 'Withdraw',
  withdrawn: (customer) => `The feedback of ${customer} is withdrawn.`,
  whatSaid: (customer) => `What does ${customer} wish for? Answer in one line.`,
  quoted: (words) => `“${words}”`,
  title: (open) => (open === 0 ? 'No open feedback' : `${open} open feedback`),
  counts: (parts) => `In total: ${parts}`,
  count: (state, n) => `${state} ${n}`,
  head: (customer, state) => `${customer} · ${state}`,
  line: (day, rep, words) => `${day} ${rep}: ${words}`,
  groupLine: (day, customer, state) => `${day} ${customer} · ${state}`,
  inDm: 'Send me "feedback-list" in a direct chat to read them.',
  late: 'Somebody changed it meanwhile; as it stands now:',
  done: (customer, state) => `${customer}: ${state}. Who told it knows.`,
  changed: (customer, state) => `Feedback of ${customer}: ${state}`,
  tell: {
    doing: 'You can tell the customer that it is in work.',
    live: 'You can tell the customer that it is live.',
    declined: 'It is not planned; please explain it to the customer.',
  },
  gone: 'There is no such feedback in your scope.',
}

const grumble: Text['voices']['grumble'] = {
  empty: 'Say in a line what does not work, like "grumble I type everything twice". Without your name.',
  saved: 'Thank you. The administrator reads the words, not who wrote them; I bring you the answer.',
  tooMany: (n) => `${n} today already; please go on tomorrow.`,
  fresh: (id) => `Grumble #${id} (anonymous)`,
  title: (n) => (n === 0 ? 'No grumble waits for an answer' : `${n} grumbles wait for an answer (anonymous)`),
  line: (id, day, words) => `#${id} ${day} ${words}`,
  reply: (id) => `Answer #${id}`,
  howTo: 'Press a button, or send "answer-grumble NUMBER words".',
  ask: (id, words) => `Answer #${id} “${words}” in one line.`,
  answered: (id) => `#${id} is answered and on its way.`,
  already: (id) => `#${id} has an answer already.`,
  gone: (id) => `There is no grumble #${id}.`,
  answer: 'Your grumble has an answer',
  said: (words) => `You said: ${words}`,
  told: (words) => `Answer: ${words}`,
}

const reasons: Text['voices']['reasons'] = {
  title: (period, team) => `Why they left · ${period}${team === '' ? '' : ` · ${team}`}`,
  lost: (n) => `${n} lost`,
  figure: 'registered as lost',
  none: 'Nobody was registered as lost, and no follow-up names a reason.',
  share: (n, total, percent, interval) => `${n}/${total} (${percent}, interval ${interval})`,
  line: (rank, name, figure, told) =>
    `${rank}. ${[`${name} ${figure}`.trim(), ...(told > 0 ? [`named by ${told} more`] : [])].join(' · ')}`,
  segment: (segment, n, reason, percent) => `${segment}, ${n} lost: first ${reason} ${percent}`,
  definition: 'Customers registered as lost, by the reason given last; named in follow-ups alone: apart.',
  who: (reason) => `Show ${reason}`,
  customers: (reason, period, n) => `${reason} · ${period} · ${n}`,
  customer: (name, what) => `${name} · ${what}`,
  isLost: 'lost',
  isTold: 'named it',
}

const contact: Text['voices']['contact'] = {
  noted: (customer) => `Noted the new contact of ${customer}`,
  notedBefore: (customer) => `This change at ${customer} was noted today already`,
  told: (by, customer) => `${by}: ${customer} has a new contact`,
  note: (left, joined) => (left === '' ? `new contact: ${joined}` : `contact: ${left} → ${joined}`),
  task: (day) => `Meet the new contact by ${day}; you are reminded`,
  source: 'The list of contacts stays what its source says: please change it there too.',
  undoButton: 'Undo',
  ask: (customer) => `Who is the new contact of ${customer}? For example "Li Na" or "Zhang Wei→Li Na".`,
}

const occasion: Text['voices']['occasion'] = (customer, contact, years, when) => {
  const day = when === '' ? 'today' : `on ${when}`
  return contact === null
    ? `${customer}: ${years} years a customer ${day}`
    : `${customer}: birthday of ${contact} ${day}`
}

export const voices: Text['voices'] = { feedback, grumble, reasons, contact, occasion }
