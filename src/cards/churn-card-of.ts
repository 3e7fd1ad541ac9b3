import type { Card } from '../model/card.ts'
import type { ChurnDefinition } from '../model/churn.ts'
import type { ChurnRate } from '../model/cohort.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { churnCard } from './churn.ts'

/** Churn figures as they were counted. */
export interface CountedChurn extends ChurnRate {
  readonly period: string
  readonly definitions: readonly ChurnDefinition[]
  readonly version: number
  readonly to: Day
  readonly unfinished: boolean
}

/** The card of counted figures; `team` is empty for everybody's. */
export function churnCardOf(
  figures: CountedChurn,
  { team, ownOnly }: { team: string; ownOnly: boolean },
  text: Text,
): Card {
  return churnCard(
    {
      period: figures.period,
      team,
      ownOnly,
      opening: figures.opening,
      lost: figures.lost,
      rate: figures.rate,
      interval: figures.interval,
      returned: figures.returned,
      fresh: figures.new,
      definition: text.stats.definitions(figures.definitions, figures.version),
      asOf: figures.to,
      unfinished: figures.unfinished,
      small: !figures.enough,
    },
    text,
  )
}
