import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'
import { topicActions } from './help-topics.ts'

/** So many commands get a line of their own; a phone screen holds no more beside the words of all others. */
const MAX_DESCRIBED = 8

/** The commands this person can use here in help order: the first with what they are for, all others by their word. */
export function helpCard(names: readonly string[], text: Text): Card {
  const words = text.commands
  const known = names.flatMap((name) => words.help[name] ?? [])
  const lines = known.slice(0, MAX_DESCRIBED).map(({ word, purpose }) => `${word}　${purpose}`)
  const others = known.slice(MAX_DESCRIBED).map(({ word }) => word)
  return fitCard({
    summary: words.helpSummary,
    title: words.helpTitle,
    facts: [...lines, ...inTwoLines(others, text)],
    notes: [words.helpNote],
    actions: [
      ...names
        .filter((name) => name === 'mine' || (name === 'list' && others.length === 0))
        .map((name) => ({ action: name, label: words.help[name]?.word ?? name, payload: {} })),
      ...(others.length === 0 ? [] : topicActions(names, text)),
    ],
  })
}

/** How one command is typed: when its words were not understood, or for `帮助 X` with the term `asked` about. */
export function usageCard(command: { readonly name: string }, text: Text, asked?: string): Card {
  const words = text.commands
  const help = words.help[command.name]
  if (!help) return fitCard({ summary: text.chat.buttonGone, title: text.chat.buttonGone })
  const title = asked !== undefined ? `${help.word} · ${help.purpose}` : words.howTo(help.word)
  return fitCard({
    summary: `${title} ${words.usage}: ${help.usage}`,
    title,
    fields: [
      { label: words.usage, value: help.usage },
      ...help.examples.map((example) => ({ label: words.examples, value: example })),
    ],
    facts: [meaningOf(asked ?? '', text) ?? ''],
  })
}

/** A term explained, or the list of terms. */
export function glossaryCard(term: string, text: Text): Card {
  const { glossary, glossaryMiss } = text.commands
  const meaning = meaningOf(term, text)
  if (meaning) return fitCard({ summary: `${term}: ${meaning}`, title: term, facts: [meaning] })
  const title = glossaryMiss(clip(term, 20))
  return fitCard({ summary: title, title, facts: inTwoLines(Object.keys(glossary), text) })
}

function inTwoLines(words: readonly string[], text: Text): string[] {
  const half = Math.ceil(words.length / 2)
  return [words.slice(0, half), words.slice(half)].map((line) => line.join(text.cards.comma))
}

function meaningOf(term: string, text: Text): string | undefined {
  const known = new Map(
    Object.entries(text.commands.glossary).map(([word, said]) => [word.toLowerCase(), said]),
  )
  return known.get(term.toLowerCase())
}

/** A near miss of a command word: one button sends what was probably meant. */
export function suggestionCard(
  meant: { action: string; rest: string; payload: Readonly<Record<string, string | number>> },
  text: Text,
): Card {
  const word = text.commands.help[meant.action]?.word ?? meant.action
  const words = clip(`${word} ${meant.rest}`.trim(), 40)
  const title = text.commands.suggestion(words)
  return fitCard({
    summary: title,
    title,
    actions: [
      {
        action: meant.action,
        label: text.commands.suggestionButton(clip(words, 20)),
        style: 'primary',
        payload: meant.payload,
      },
    ],
  })
}

/** The first message to a new person: three steps. */
export function welcomeCard(name: string, text: Text): Card {
  const words = text.commands.welcome
  return fitCard({
    summary: words.summary,
    title: words.title(clip(name, 16)),
    facts: [words.summary, ...words.steps],
    actions: [
      { action: 'mine', label: text.cards.buttons.mine, style: 'primary', payload: {} },
      { action: 'help', label: text.cards.buttons.help, payload: {} },
    ],
  })
}
