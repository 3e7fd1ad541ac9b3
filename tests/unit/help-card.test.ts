import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { helpCard } from '../../src/cards/help.ts'
import { HELP_TOPICS, topicCard } from '../../src/cards/help-topics.ts'
import { CARD_MAX_LINES } from '../../src/model/card.ts'
import { textFor } from '../../src/text/index.ts'

describe.each(['zh-CN', 'en'] as const)('help in %s', (locale) => {
  const text = textFor(locale)
  const shown = commands.filter(({ hidden }) => !hidden).map(({ name }) => name)

  it('names every command of somebody who may use them all, on one screen', () => {
    const lines = cardLines(helpCard(shown, text))
    const said = lines.join('\n')
    for (const name of shown) expect(said, name).toContain(text.commands.help[name]?.word ?? name)
    expect(lines.length).toBeLessThanOrEqual(CARD_MAX_LINES)
    expect(said).not.toContain('…')
  })

  it('explains every command within one more tap, and has a button for what needs no words', () => {
    const { actions = [] } = helpCard(shown, text)
    expect(actions.length).toBeLessThanOrEqual(6)
    const topics = HELP_TOPICS.filter((topic) => actions.some(({ payload }) => payload.topic === topic))
    const cards = topics.map((topic) => topicCard(shown, topic, text))
    const lines = cards.flatMap((card) => card.facts ?? [])
    for (const name of shown) {
      const words = text.commands.help[name]
      expect(
        lines.filter((line) => line.endsWith(`${text.cards.colon}${words?.purpose}`)),
        name,
      ).toHaveLength(1)
    }
    for (const card of cards) expect(card.actions?.length ?? 0).toBeLessThanOrEqual(6)
    for (const card of cards) expect(cardLines(card).length).toBeLessThanOrEqual(CARD_MAX_LINES)
  })
})
