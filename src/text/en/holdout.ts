import type { Text } from '../index.ts'

function share(value: number): string {
  return `${Number((value * 100).toFixed(1))}%`
}

export const holdout: Text['holdout'] = {
  on: (value) => `Control group on: ${share(value)}`,
  off: 'Control group off',
  onSummary: (value, waiting) => `The control group is on (${share(value)}); ${waiting} wait today.`,
  offSummary: 'The control group is off: every customer at risk is alerted.',
  since: 'Since',
  treated: 'Alerted',
  control: 'Control',
  count: (n) => String(n),
  waiting: 'Wait today',
  starts: 'Lots are drawn from the next workday’s morning on',
  ends: (waiting) =>
    waiting === 0
      ? 'Ends on the next workday’s morning'
      : `Ends on the next workday’s morning; the ${waiting} who wait are alerted as usual`,
  restarts: 'Starts anew with these settings on the next workday’s morning',
  last: (day) => `The last one began on ${day} and has ended; “effect” still shows it`,
  design: (delay, top) =>
    `New risk alerts are drawn by lot; the control group is alerted ${delay} days later${top ? '; tier A takes no part' : ''}; events and promises are not held back`,
  howTo: 'Results: “effect”. Change it: “control group on 10%”, “control group off”',
  turnOn: (value) => `Switch on, ${share(value)}`,
  turnOff: 'Switch off',
  ask: {
    on: (value) => `Switch the control group on: ${share(value)}?`,
    off: 'Switch the control group off?',
    need: (treated, control) => `A verdict needs about ${treated} alerted and ${control} control customers`,
    endsRunning: 'The running one ends; lots are drawn anew and counted from zero',
    released: (n) => `The ${n} who wait are alerted from the next workday’s morning on`,
    kept: 'Lots drawn so far are kept; “effect” still shows them',
    confirmOn: 'Switch it on',
    confirmOff: 'Switch it off',
    cancel: 'Leave it',
    note: 'Nothing has changed yet. It holds from the next workday’s morning; “undo” takes it back for ten minutes',
  },
  said: {
    on: (value) => `The control group is switched on: ${share(value)}`,
    off: 'The control group is switched off',
    cancelled: 'Nothing was changed',
    late: 'The settings were changed just now; look at them again first',
    same: 'It is so already',
    range: 'A share from 1% to 50%, please: control group on 10%',
    howTo: 'You can say: control group · control group on 10% · control group off',
  },
}
