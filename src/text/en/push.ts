import type { Text } from '../index.ts'

export const push: Text['push'] = {
  stale: {
    title: 'Data feed stopped: no pushes today',
    stale: (source, entity, days) => `${source} · ${entity}: nothing new for ${days} workdays`,
    halfEmpty: (source, entity, rows, usual) =>
      `${source} · ${entity}: only ${rows} rows this time, usually about ${usual}`,
    note: 'It goes on by itself when data comes again. Complaint cards still go out.',
  },
  sourceFailed: {
    title: (source) => `${source} was not synchronised`,
    lasting: (days) => `No synchronisation has succeeded for ${days === 1 ? 'a day' : `${days} days`}`,
    noCause: 'The reason stands in the log of the service; liuke sync shows it again.',
    note: 'Nothing was changed. It goes on by itself at the next synchronisation after it is mended.',
  },
  staleScores: {
    title: 'Scores are old: no pushes today',
    line: (day) => `The latest scores are as of ${day}`,
    note: 'It goes on by itself when scoring works again. See the log of the service, or run liuke score.',
  },
  entities: {
    members: 'people',
    customers: 'customers',
    contacts: 'contacts',
    events: 'events',
    surveys: 'surveys',
  },
  eventTitle: (name, what) => `${name} · ${what}`,
  eventSummary: (title, news) => `${title}: ${news}`,
  homeless: {
    title: (n) => `${n} at-risk customers have nobody to tell`,
    note: 'No owner, or an inactive one. Assign an owner and they will be pushed.',
  },
  homelessEvents: {
    title: (n) => `${n} customer events have nobody to tell`,
    kinds: {
      complaint: 'complaint',
      'contact-change': 'contact change',
      'contact-deleted': 'contact deleted',
      cancel: 'cancellation',
      'low-survey': 'low survey answer',
    },
    note: 'No owner, or one who cannot be reached. Please assign an owner soon.',
  },
  unreachable: {
    title: (n) => `${n} reps cannot be reached`,
    note: 'No chat account is bound to them yet: use the command "bind".',
  },
  dead: {
    title: (n) => `${n} messages were not delivered`,
    line: (platform, who, error) => `${who} (${platform}): ${error}`,
  },
  halt: {
    title: (platform) => `${platform} has stopped: an administrator must act`,
    note: 'Messages wait and go out within ten minutes once it is mended.',
  },
  calls: {
    title: (platform, percent) => `${platform}: ${percent} % of this month’s calls used`,
    kinds: { api: 'API calls', stream: 'Stream and webhooks' },
    line: (kind, used, limit) => `${kind}: ${used} of ${limit} (by Liuke alone)`,
    notes: {
      api: 'Then pushes stop and messages wait three days; whoever just wrote is still answered in text. Buy more calls.',
      stream: 'Then the robot hears no more messages. Buy more calls.',
    },
  },
  platforms: {
    wecom: 'WeCom',
    'wecom-robot': 'WeCom group robot',
    dingtalk: 'DingTalk',
    'dingtalk-robot': 'DingTalk group robot',
    playground: 'playground',
  },
  more: (n) => `${n} more`,
  unassigned: 'unassigned',
  heldReasons: {
    'off-day': 'day off',
    budget: 'over the budget of the day',
    repeat: 'pushed lately',
    snoozed: 'snoozed',
    'follow-up': 'followed up, resting until the next date',
    'false-alarm': 'false alarm',
    closed: 'closed',
    holdout: 'control group, held back for now',
    'muted-signal': 'muted signal',
    preference: 'not wished for',
    'group-dip': 'a group fell together, the lead looks first',
    'no-owner': 'no owner',
    'inactive-owner': 'inactive owner',
    'absent-owner': 'owner on leave, nobody stands in',
  },
  reasons: {
    event: 'customer event',
    asked: 'reminder asked for',
    promised: 'promised for today',
    worse: 'got worse',
    priority: 'risk × value',
  },
  planTitle: (day, planned, sent) => `${day}: ${planned} customers planned, ${sent} sent`,
  planRep: (name, items, more, due) =>
    `${name}: ${items} customers (${more} more over the budget, ${due} promises due)`,
  planItem: (rank, name, words) => `  ${rank}. ${name} · ${words.join(' · ')}`,
  planOrder: (name, every, due) => `  · ${name} · order expected around ${due} (every ${every} days)`,
  heldLine: (reason, n) => `held back: ${reason}: ${n}`,
  offDay: 'That day is no workday: nothing is pushed.',
  noScores: 'There are no scores yet. Run liuke score first.',
  scoredLater: (asOf, day) =>
    `The scores are as of ${asOf}, later than ${day}. Run liuke score --as-of ${day} first.`,
  paused: 'Pushes are paused.',
}
