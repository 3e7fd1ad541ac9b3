import type { Text } from '../index.ts'

export const noise: Text['noise'] = {
  signals: {
    title: 'Which signals are often wrong',
    summary: (muted) => (muted === 0 ? 'All signals are on.' : `${muted} signals are muted.`),
    line: (name, falseAlarms, decided) => `${name}: false ${falseAlarms}/${decided}`,
    share: (percent, interval) => ` = ${percent} (interval ${interval})`,
    few: ', too few',
    states: { active: '', warned: ' · high', muted: ' · muted' },
    none: 'No alert has been decided yet.',
    definition: (window) =>
      `The newest ${window} decided alerts (false alarm, saved, lost, effective follow-up) by main cause, last 180 days`,
    howTo: 'mute NAME · restore NAME',
    restore: 'Restore',
    keep: 'Keep muted',
    muteButton: 'Mute',
    warned: {
      title: (name) => `Signal “${name}”: many false alarms`,
      note: 'You may leave it or mute it. Complaints, contact changes, deleted contacts and cancellations are never muted by the bot.',
    },
    muted: {
      title: (name) => `Signal “${name}” is wrong too often: muted`,
      note: 'Customers with no other reason are not pushed; risk stays. Those with other reasons still come.',
    },
    restoreNote: 'Restored, it is counted afresh.',
    said: {
      muted: (name) => `“${name}” is muted: customers with no other reason are not pushed, risk stays.`,
      restored: (name) => `“${name}” is on again; false alarms are counted from now on.`,
      kept: (name) => `“${name}” stays muted. “restore ${name}” turns it on at any time.`,
      already: (name) => `“${name}” is so already.`,
      unknown: (name) => `There is no signal “${name}”. Send “signals” for all names.`,
      which: 'Which signal? For example: mute silence',
    },
  },
  dips: {
    kinds: { team: 'team', region: 'region', segment: 'segment', industry: 'industry' },
    title: (n, group) => `${n} customers fell at once · ${group}`,
    summary: (n, group, expected) =>
      `${group}: ${n} customers became at risk at once (usually about ${expected}); their alerts wait as this one message.`,
    group: (kind, name) => `${kind} “${name}”`,
    usual: (size, expected) => `${size} new this morning, usually about ${expected}`,
    ours: (n) => `${n} of them in your team`,
    causes: 'Perhaps: ',
    holiday: (name, from, to) => `holiday ${name} ${from}–${to}`,
    noCause: 'No holiday or data problem fits: ask about price, delivery or a competitor',
    top: (names) => `Tier A first: ${names}`,
    names: (names, more) => `Such as: ${names}${more > 0 ? `, ${more} more` : ''}`,
    held: (day) => `These alerts wait until ${day}; complaints and the like still come`,
    release: 'Push as usual',
    hold: (day) => `Hold until ${day}`,
    said: {
      released: 'These customers are pushed as usual from the next morning on.',
      held: (day) => `These customers are not pushed before ${day}; complaints and the like still come.`,
      over: 'The wait is over: these customers are pushed as usual.',
    },
  },
}
