import type { Card } from '../../src/model/card.ts'
import { renderMarkdown } from './render.ts'
import type { DingtalkRobot } from './robot-ports.ts'

interface At {
  readonly at?: { readonly atUserIds: readonly string[]; readonly isAtAll: boolean }
}

export type RobotMessage =
  | ({
      readonly msgtype: 'markdown'
      readonly markdown: { readonly title: string; readonly text: string }
    } & At)
  | {
      readonly msgtype: 'actionCard'
      readonly actionCard: {
        readonly title: string
        readonly text: string
        readonly singleTitle: string
        readonly singleURL: string
      }
    }

export interface RenderedForRobot {
  readonly message: RobotMessage
  readonly notShown: readonly string[]
}

const EVERYBODY = '@all'

/**
 * A card as Markdown, or as an action card that opens `link` where nobody is mentioned: mentions work in Markdown only.
 * A chart is told in its own words.
 */
export function renderForRobot(
  card: Card,
  { mention, keyword }: Pick<DingtalkRobot, 'mention' | 'keyword'>,
  link: { readonly title: string; readonly url: string } | null,
): RenderedForRobot {
  const told: Card = card.chart ? { ...card, facts: [...(card.facts ?? []), card.chart.alt] } : card
  const end = [
    ...mention.map((user) => `@${user.replace(/^@/, '')}`),
    ...(keyword === null ? [] : [keyword]),
  ].join(' ')
  const { title, text, notShown } = renderMarkdown(told, '', end)
  const missing = card.chart ? [...notShown, 'chart'] : notShown
  if (link !== null && mention.length === 0) {
    const actionCard = { title, text, singleTitle: link.title, singleURL: link.url }
    return { message: { msgtype: 'actionCard', actionCard }, notShown: missing }
  }
  const users = mention.filter((user) => user !== EVERYBODY)
  const at = { atUserIds: users, isAtAll: users.length < mention.length }
  const message = {
    msgtype: 'markdown',
    markdown: { title, text },
    ...(mention.length > 0 && { at }),
  } as const
  return { message, notShown: missing }
}
