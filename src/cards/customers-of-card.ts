import type { Card } from '../model/card.ts'
import { customerPagePath } from '../model/pages.ts'

const PAGE = new RegExp(`^${customerPagePath(0).replace(/0$/, '')}(\\d+)$`)
/** The buttons of a question name customers that may be meant, and of which one is. */
const QUESTIONS = ['choose']

/** The customers a card is about: those of its page, items and buttons. Pure. */
export function customersOfCard({ page, items = [], actions = [] }: Card): number[] {
  const own = PAGE.exec(page ?? '')?.[1]
  const buttons = [...actions, ...items.flatMap((item) => item.actions ?? [])]
  const named = buttons
    .filter(({ action }) => !QUESTIONS.includes(action))
    .map(({ payload }) => payload.customer)
    .filter((id) => typeof id === 'number')
  return [...new Set([...(own === undefined ? [] : [Number(own)]), ...named])]
}
