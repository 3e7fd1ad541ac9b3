import type { Card } from '../model/card.ts'
import type { CompetitorEvent, CompetitorFinding } from '../model/competitor-event.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'
import { expectedOf } from './group-dip.ts'

const SHOWN = 8

/** 竞品: the calendar of what competitors do, each with the number that removes it and what came of it. */
export function competitorsCard(
  events: readonly CompetitorEvent[],
  { said, findings }: { readonly said: string | null; readonly findings: readonly CompetitorFinding[] },
  text: Text,
): Card {
  const words = text.noise.competitors
  const lines = events.slice(0, SHOWN).map((one) => {
    const days = `${text.common.date(one.from)}–${text.common.date(one.to)}`
    const finding = findings.find(({ event }) => event.id === one.id)
    const line = words.line(one.id, clip(one.name, 16), days, one.region ?? words.everywhere)
    return line + (finding ? resultWords(finding, text) : '')
  })
  return fitCard({
    summary: said ?? words.summary(events.length),
    title: words.title,
    facts: [...(said === null ? [] : [said]), ...(lines.length === 0 ? [words.none] : lines)],
    notes: [words.howTo],
  })
}

function resultWords(finding: CompetitorFinding, text: Text): string {
  const { results } = text.noise.competitors
  if (finding.state === 'waiting' || finding.state === 'too-short') return results[finding.state]
  return results[finding.state](finding.size, expectedOf(finding.expected))
}
