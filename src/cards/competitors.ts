import type { Card } from '../model/card.ts'
import type { CompetitorEvent } from '../model/competitor-event.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

const SHOWN = 8

/** 竞品: the calendar of what competitors do, each with the number that removes it. */
export function competitorsCard(events: readonly CompetitorEvent[], said: string | null, text: Text): Card {
  const words = text.noise.competitors
  const lines = events.slice(0, SHOWN).map((one) => {
    const days = `${text.common.date(one.from)}–${text.common.date(one.to)}`
    return words.line(one.id, clip(one.name, 16), days, one.region ?? words.everywhere)
  })
  return fitCard({
    summary: said ?? words.summary(events.length),
    title: words.title,
    facts: [...(said === null ? [] : [said]), ...(lines.length === 0 ? [words.none] : lines)],
    notes: [words.howTo],
  })
}
