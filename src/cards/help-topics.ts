import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** Commands that belong together, in the order of their buttons. What stands in none is in the last one. */
export const HELP_TOPICS = ['work', 'customer', 'figures', 'people', 'own'] as const
export type HelpTopic = (typeof HELP_TOPICS)[number]

const TOPIC_OF: ReadonlyMap<string, HelpTopic> = new Map([
  ...topic('work', ['mine', 'follow-up', 'amend', 'undo', 'won', 'lost', 'clean-up']),
  ...topic('customer', ['customer', 'why', 'tier', 'play', 'brief', 'draft', 'contact-change', 'feedback']),
  ...topic('figures', ['list', 'churn', 'follow-up-rate', 'reasons', 'effect', 'wechat', 'signals']),
  ...topic('people', ['transfer', 'leave', 'hand-over', 'feedback-list', 'competitors']),
])
/** They say something without further words: a button runs them. */
const ALONE = [
  ...[
    'mine',
    'undo',
    'clean-up',
    'list',
    'churn',
    'follow-up-rate',
    'reasons',
    'effect',
    'wechat',
    'signals',
  ],
  ...['leave', 'hand-over', 'feedback-list', 'competitors', 'preferences', 'preview', 'go-live'],
]
const MAX_BUTTONS = 6

function topic(name: HelpTopic, commands: readonly string[]): (readonly [string, HelpTopic])[] {
  return commands.map((one) => [one, name] as const)
}

function topicOf(command: string): HelpTopic {
  return TOPIC_OF.get(command) ?? 'own'
}

/** One button a topic in which this person can use anything. */
export function topicActions(names: readonly string[], text: Text): NonNullable<Card['actions']> {
  return HELP_TOPICS.filter((one) => names.some((name) => topicOf(name) === one)).map((one) => ({
    action: 'help',
    label: text.commands.topics[one],
    payload: { topic: one },
  }))
}

/** The commands of a topic, each with what it is for; what needs no words has a button. */
export function topicCard(names: readonly string[], topic: HelpTopic, text: Text): Card {
  const { help, topics, topicTitle, helpSummary } = text.commands
  const mine = names.filter((name) => topicOf(name) === topic)
  const known = mine.flatMap((name) => (help[name] ? [{ name, ...help[name] }] : []))
  const title = topicTitle(topics[topic])
  return fitCard({
    summary: title,
    title,
    facts: known.map(({ usage, purpose }) => `${usage.split(/[；;\n]/)[0]}${text.cards.colon}${purpose}`),
    notes: [helpSummary],
    actions: known
      .filter(({ name }) => ALONE.includes(name))
      .slice(0, MAX_BUTTONS)
      .map(({ name, word }) => ({ action: name, label: word, payload: { words: '' } })),
  })
}
