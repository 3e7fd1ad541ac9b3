import type { CaseState, LostReason, SnoozeReason } from '../../model/case.ts'

const late = {
  title: (n: number) => `${n} past the time to follow up`,
  summary: (n: number, first: string) =>
    n === 1
      ? `${first} is past the time to follow up.`
      : `${n} customers are past the time to follow up, the longest is ${first}.`,
  item: (name: string, words: string) => `${name} · ${words}`,
  today: 'due now',
  workdays: (n: number) => `${n} workday${n === 1 ? '' : 's'} over`,
  line: (state: string, reason: string) => (reason === '' ? state : `${state} · ${reason}`),
  note: 'Only you see this; a result, a next date or "Later" ends it',
  teamTitle: (n: number) => `Your team: ${n} past the time to follow up`,
  teamSummary: (n: number) => `Your team has ${n} late cases: remind, pass on or close.`,
  teamNote: 'The rep was reminded first',
  remind: 'Remind',
  close: 'Close',
  giveTo: (name: string) => `To ${name}`,
  asked: (by: string, customer: string) => `${by} asks you to follow up: ${customer}`,
  reminded: (name: string, customer: string) => `Reminded ${name}: ${customer}`,
  remindedBefore: (name: string, customer: string) => `${name} was reminded today already: ${customer}`,
  cannotReach: (name: string) => `${name} is not bound to a chat account.`,
  closed: 'Closed: no more reminders. A new case opens when it gets worse.',
}

const lostReasons: Record<LostReason, string> = {
  price: 'price',
  service: 'service',
  quality: 'quality',
  delivery: 'delivery',
  competitor: 'competitor',
  'contact-change': 'contact changed',
  'no-need': 'no need',
  'closed-down': 'closed down',
  'moved-channel': 'other channel',
  other: 'other',
}

const snoozeReasons: Record<SnoozeReason, string> = {
  busy: 'customer busy',
  'awaiting-answer': 'waiting for an answer',
  'awaiting-us': 'waiting for us',
  'too-early': 'too early',
  other: 'other',
}

const outcome = {
  buttons: { won: 'Won back', lost: 'Lost' },
  claimed: 'Noted as your win; the next order proves it.',
  askReason: (name: string) => `Why was ${name} lost?`,
  countsFrom: (day: string) => `Counts as lost from ${day}`,
  lost: (name: string, reason: string) => `${name} · registered as lost (${reason})`,
  lostBefore: (name: string) => `${name} was registered as lost before`,
  caseClosed: 'The case is closed: no more reminders.',
  winBack: (day: string) => `${day}: a reminder to win it back`,
  badDay: 'The day must be today or within the last year. Example: lost CUSTOMER price 11/20',
  askSnoozeReason: 'Why later? One tap, if you like.',
  snoozeReason: (reason: string) => `Reason: ${reason}`,
}

const rate = {
  label: 'followed up in time',
  title: (period: string, team: string) =>
    team === '' ? `Follow-up rate · ${period}` : `Follow-up rate · ${period} · ${team}`,
  summary: (period: string, value: string, inTime: number, judged: number) =>
    `${period}: ${value} followed up in time (${inTime}/${judged}).`,
  share: 'In time / due',
  response: 'Response',
  times: (median: string, p90: string) => `median ${median}, P90 ${p90} of work time`,
  minutes: (n: number) => `${n} min`,
  hours: (n: string) => `${n} h`,
  besides: (pending: number, falseAlarms: number, recovered: number) =>
    `Besides: ${pending} still in time; not counted: ${falseAlarms} false alarms, ${recovered} recovered by themselves`,
  definition: (workdays: number, workHours: number) =>
    `Definition: alerts of the period with a result in time ÷ alerts due; digest ${workdays} workdays, events ${workHours} work hours; without false alarms and those that recovered in time`,
  weekly: {
    rate: 'Followed up last week',
    response: 'Response last week',
    value: (inTime: number, judged: number, rate: string) => `${inTime} / ${judged}, ${rate}`,
    answered: (times: string, n: number) => `${times} · ${n}`,
    tooFew: 'too few',
  },
  showLate: (n: number) => `Show the ${n} late`,
  lateTitle: (period: string, n: number) =>
    n === 0 ? `${period}: none late` : `${period}: ${n} not followed up in time`,
  lateLine: (name: string, due: string, answered: string | null) =>
    answered === null ? `${name}: due ${due}, not yet` : `${name}: due ${due}, done ${answered}`,
}

const relapse: Partial<Record<CaseState, (day: string) => string>> = {
  won: (day) => `worse again after the win of ${day}`,
  lost: (day) => `back after the loss of ${day}`,
  'false-alarm': (day) => `false alarm on ${day}`,
  expired: (day) => `worse again, closed on ${day}`,
}

const cleanUp = {
  title: (n: number, days: number) => `${n} cases open for more than ${days} days`,
  group: (reason: string, n: number, names: string) => `${reason} ${n}: ${names}`,
  other: 'other',
  note: 'Closed ones stay quiet; a new case opens when it gets worse. Undo works for ten minutes',
  button: (n: number) => `Close all ${n}`,
  none: (days: number) => `No case is older than ${days} days.`,
  nothingLeft: 'These cases were handled already.',
  done: (n: number) => `${n} old cases closed.`,
  undone: (n: number) => `Undone: ${n} cases are open again.`,
}

export const sla = { cleanUp, relapse, late, rate, outcome, lostReasons, snoozeReasons }
