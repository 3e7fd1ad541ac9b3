import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { helpCard } from '../../src/cards/help.ts'
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
})
