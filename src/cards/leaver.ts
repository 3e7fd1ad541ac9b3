import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Workload } from '../model/hand-over.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { raising } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

const NAME = 8
const MATTERS = 5
const TAKERS = 4

/** A customer where something waits: a promised day, an open case's reasons. */
interface Matter {
  readonly customerName: string
  readonly nextOn: Day | null
  readonly why: readonly Evidence[]
}

/** To the lead: what somebody who left leaves behind, and one tap to give it to one person or to spread it. */
export function leaverCard(
  left: {
    readonly id: number
    readonly name: string
    readonly load: Workload
    readonly matters: readonly Matter[]
    readonly takers: readonly { readonly id: number; readonly name: string; readonly load: number }[]
  },
  text: Text,
): Card {
  const words = text.handOver.leaver
  const title = words.title(clip(left.name, NAME), left.load.customers)
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: [text.handOver.load(left.load), ...matterLines(left.matters, text)],
    notes: [words.note],
    actions: [
      ...left.takers.slice(0, TAKERS).map(({ id, name, load }) => ({
        action: 'hand-over',
        label: words.allTo(clip(name, NAME), load),
        payload: { leaver: left.id, to: id },
      })),
      ...(left.takers.length > 1
        ? [{ action: 'hand-over', label: words.spread, payload: { leaver: left.id, spread: 1 } }]
        : []),
    ],
  })
}

/** To the lead, once decided: who got how many; where WeCom is used, what is left to do there. */
export function leaverDoneCard(
  leaver: string,
  taken: readonly { readonly to: string; readonly customers: number }[],
  { wecom }: { readonly wecom: boolean },
  text: Text,
): Card {
  const words = text.handOver.leaver
  const title = words.done(clip(leaver, NAME))
  return fitCard({
    summary: title,
    title,
    tone: 'good',
    facts: taken.map((one) => words.got(clip(one.to, NAME), one.customers)),
    notes: wecom ? [words.platform] : [],
    actions: [{ action: 'undo', label: text.cards.buttons.undo, payload: {} }],
  })
}

/** To a receiver: one card for all of it, promises first, each with its reason. */
export function takenOverCard(
  taken: { readonly leaver: string; readonly customers: number; readonly matters: readonly Matter[] },
  text: Text,
): Card {
  const words = text.handOver.leaver
  const title = words.yours(clip(taken.leaver, NAME), taken.customers)
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: matterLines(taken.matters, text),
    notes: [words.first],
    actions: [
      { action: 'mine', label: text.cards.buttons.mine, payload: {} },
      { action: 'list', label: text.cards.buttons.list, payload: {} },
    ],
  })
}

/** Customers without an owner that were given to somebody: one line to the lead. */
export function assignedCard(
  given: readonly { readonly to: string; readonly customers: number }[],
  text: Text,
): Card {
  const words = text.handOver.leaver
  const total = given.reduce((sum, one) => sum + one.customers, 0)
  const who = given.map((one) => words.share(clip(one.to, NAME), one.customers)).join(text.cards.comma)
  const title = words.assigned(total, who)
  return fitCard({ summary: title, title })
}

function matterLines(matters: readonly Matter[], text: Text): string[] {
  const words = text.handOver.leaver
  const lines = matters.slice(0, MATTERS).map(({ customerName, nextOn, why }) => {
    const [first] = raising(why)
    const promise = nextOn === null ? [] : [text.handOver.transfer.promised(text.common.day(nextOn))]
    const reason = first ? [evidenceSentence(first, text)] : []
    return [clip(customerName, 16), ...promise, ...reason].join(' · ')
  })
  const hidden = matters.length - lines.length
  return hidden > 0 ? [...lines, words.more(hidden)] : lines
}
