import type { Text } from '../index.ts'

type Words = Readonly<Record<string, string>>

const stages: Words = {
  awareness: 'awareness',
  acquisition: 'acquisition',
  growth: 'growth',
  retention: 'retention',
  churn: 'churned',
  acquire: 'acquisition',
  grow: 'growth',
  mature: 'mature',
  warning: 'churn warning',
}

const stageRisk: Words = {
  awareness: 'Knows us but has not bought; someone else may be first',
  acquisition: 'Bought once; without a second order we are forgotten',
  growth: 'The habit is young; one bad experience and they switch',
  retention: 'Old customers get neglected; a new buyer or competitor loosens them',
  churn: 'Has stopped; the longer, the harder to win back',
  acquire: 'Easily lost while waiting around the first order',
  grow: 'The habit is young; one bad experience and they switch',
  mature: 'Old customers get neglected; a new buyer or competitor loosens them',
  warning: 'Clearly off its own rhythm; more waiting means goodbye',
}

const stageAdvice: Words = {
  awareness: 'Ask for the need, offer an easy first order',
  acquisition: 'Ask how the first order went, agree on the next',
  growth: 'Call ahead of the usual order date',
  retention: 'Visit the decision maker, plan the year',
  churn: 'Ask for the reason, offer an easy way back',
  acquire: 'Ask for the need, follow the first order',
  grow: 'Call ahead of the usual order date',
  mature: 'Visit the decision maker, plan the year',
  warning: 'Call this week; listen before offering',
}

const rfmSegments: Words = {
  'important-value': 'important: value',
  'important-keep': 'important: keep',
  'important-develop': 'important: develop',
  'important-win-back': 'important: win back',
  'general-value': 'general: value',
  'general-keep': 'general: keep',
  'general-develop': 'general: develop',
  'general-win-back': 'general: win back',
  unknown: 'not enough data',
}

const signals: Words = {
  overdue: 'past own cycle',
  'composite-silence': 'no contact for long',
  silence: 'silent',
  'activity-drop': 'less active',
  'shrinking-orders': 'smaller orders',
  complaint: 'complaint',
  renewal: 'renewal near',
  'contact-change': 'contact changed',
  'contact-deleted': 'deleted our contact',
  nps: 'NPS score',
  csat: 'service satisfaction',
  'negative-words': 'negative words',
  cancel: 'gave notice',
  rhythm: 'buying rhythm',
  orders: 'number of orders',
  'fewer-orders': 'fewer orders',
  spend: 'amounts',
  'no-order': 'repeat forecast',
  activity: 'activity',
  segment: 'kind of customer',
  'seed-order': 'recent order',
  'seed-consult': 'asked support',
  'seed-browse': 'browsed',
  'seed-review': 'reviewed',
  'seed-silence': 'nothing for 90 days',
}

const suggestions: Words = {
  overdue: 'Ask about plans',
  'composite-silence': 'Try other contact',
  silence: 'Ask how they are',
  'activity-drop': 'Ask what blocks',
  'shrinking-orders': 'Ask who else',
  complaint: 'Solve it first',
  renewal: 'Discuss renewal',
  'contact-change': 'Meet new contact',
  'contact-deleted': 'Call, ask why',
  nps: 'Listen in person',
  csat: 'Hear them out, then say what changes',
  'negative-words': 'Answer the words',
  cancel: 'Call boss today',
  rhythm: 'Ask about buying',
  orders: 'Ask how it went',
  'fewer-orders': 'Ask what changed',
  spend: 'Offer more',
  'no-order': 'Agree next order',
  activity: 'Say hello',
  segment: 'Say hello',
  'seed-silence': 'Call the customer',
}

export const scoring: Text['scoring'] = {
  stages,
  stageRisk,
  stageAdvice,
  rfmSegments,
  signals,
  suggestions,
  factSeparator: '; ',
  cli: {
    scored: (n, customers, asOf) => `As of ${asOf}: ${customers} customers, ${n} scored`,
    insufficient: (n) => `not enough data: ${n}`,
    old: (latest, days) =>
      `The latest fact is of ${latest}, ${days} days before the as-of day; try --as-of ${latest}`,
    bands: 'risk',
    tiers: 'tier',
    stages: 'stage',
    took: (seconds, mb) => `took ${seconds} s, peak memory ${mb} MB`,
    why: (name, band, risk) => `${name}: risk ${band} (${risk})`,
    raw: (days, orders, revenue) =>
      `${days ?? '—'} days since the last order · ${orders} order days · ${revenue} in 12 months`,
    ambiguous: (name, names) => `"${name}" means several customers, use the key: ${names.join(', ')}`,
    unknownCustomer: (name) => `no customer "${name}"`,
    lost: 'already lost',
    noReasons: 'no risk signals',
    noDropOut: (pNoOrder) =>
      `the purchase model sees nobody leave, so there is no P(alive); no order within the horizon: ${pNoOrder}`,
    progress: (done, total) => `scored ${done}/${total}`,
  },
}
