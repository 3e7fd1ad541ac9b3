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
    competitor: (name, from, to) => `competitor “${name}” ${from}–${to}`,
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
  wishes: {
    title: 'What you are pushed',
    summary: (high, perDay) => `${high ? 'Tier A only' : 'Everything'}, at most ${perDay} a day.`,
    high: 'Customers: high value only (tier A)',
    all: 'Customers: everything',
    perDay: (n) => `At most ${n} a day`,
    team: (n) => `Limit of the team: ${n} (set by the lead)`,
    always: 'Complaints and the like, promises and reminders always come',
    howTo: 'high-value · everything · per-day 3',
    highButton: 'High value only',
    allButton: 'Everything',
    footHigh: 'high value only',
    footPerDay: (n) => `at most ${n}, as you wish`,
    said: {
      high: 'Only customers of tier A are pushed; “list” shows the others at any time.',
      all: (team) => (team ? 'The team has the company’s budget again.' : 'Everything is pushed again.'),
      perDay: (n, team) =>
        team ? `At most ${n} a day for everybody of the team.` : `At most ${n} a day are pushed.`,
      range: (max) => `A number from 1 to ${max}, please: per-day 3`,
      onlyLead: 'The limit of a team is set by its lead.',
      ownOnly: 'High value only is everybody’s own choice; a team can have “per-day 3 team”.',
    },
  },
  competitors: {
    title: 'What competitors do',
    summary: (n) => `${n} events of competitors.`,
    line: (id, name, days, region) => `${id}. ${name} ${days} · ${region}`,
    everywhere: 'everywhere',
    none: 'Nothing has been entered yet.',
    howTo:
      'competitors add NAME FROM TO [REGION] · competitors remove NUMBER. You hear when more customers than usual become at risk',
    results: {
      waiting: '',
      'too-short': ' · too little data',
      more: (n, expected) => ` · ${n} at risk, more than usual (about ${expected})`,
      'as-usual': (n, expected) => ` · ${n} at risk, no difference shown (usually about ${expected})`,
    },
    found: {
      title: (name) => `“${name}”: more customers at risk than usual`,
      summary: (name, n, expected) =>
        `${n} customers became at risk during “${name}”, about ${expected} are usual.`,
      value: (n) => `${n}`,
      label: (days, where) => `became at risk ${days} · ${where}`,
      segment: (name) => (name === 'default' ? 'unsorted customers' : `customers “${name}”`),
      usual: 'Usual in such days',
      range: (expected, low, high) => `about ${expected} (95% range ${low}–${high})`,
      also: (cause) => `At the same time: ${cause}`,
      definition: (band, mornings) =>
        `Customers whose risk rose to “${band}” or above; usual: the ${mornings} workdays before, by days, corrected for many looks`,
      caution: (asOf) => `It happened at the same time; that proves no cause. Ask them · as of ${asOf}`,
    },
    said: {
      added: (name) => `“${name}” is entered.`,
      unknownRegion: (name, region) =>
        `“${name}” is entered, but none of your customers is in “${region}”; if it is misspelt, remove it and add it again.`,
      removed: 'Removed.',
      unknown: (id) => `There is no event number ${id}.`,
      howTo: 'A name and two dates, please: competitors add November sale 11/1 11/11 East',
    },
  },
}
