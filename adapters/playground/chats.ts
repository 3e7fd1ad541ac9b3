import { AppError } from '../../src/errors.ts'
import type { Address, Chat } from '../../src/model/chat.ts'
import type { PlaygroundPerson } from '../../src/model/playground.ts'
import type { PlaygroundPorts } from './ports.ts'

/** A chat as one person sees it in the list. */
export interface VisibleChat {
  /** `dm:<person>` or `group:<id>`. */
  readonly key: string
  readonly kind: 'dm' | 'group'
  readonly id: string
  /** Null for the direct chat: the page has a name for Liuke in every language. */
  readonly title: string | null
  readonly members: readonly string[]
}

export function chatKey({ kind, id }: Pick<Address, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** The direct chat with Liuke, and every group this person belongs to. */
export async function chatsOf(ports: PlaygroundPorts, person: PlaygroundPerson): Promise<VisibleChat[]> {
  const groups = await ports.groups()
  const direct = { key: chatKey({ kind: 'dm', id: person.id }), kind: 'dm' as const, id: person.id }
  return [
    { ...direct, title: null, members: [person.id] },
    ...groups
      .filter((group) => group.members.includes(person.id))
      .map(({ id, title, members }) => ({
        key: chatKey({ kind: 'group', id }),
        kind: 'group' as const,
        id,
        title,
        members,
      })),
  ]
}

/** @throws AppError `not-found` for somebody who is not in the playground. */
export async function personById(ports: PlaygroundPorts, id: string): Promise<PlaygroundPerson> {
  const person = (await ports.people()).find((one) => one.id === id)
  if (!person) throw new AppError('not-found', 'no such person in the playground')
  return person
}

/** @throws AppError `not-found` for a chat this person does not see (whether or not it exists). */
export async function visibleChat(
  ports: PlaygroundPorts,
  person: PlaygroundPerson,
  key: string,
): Promise<VisibleChat> {
  const chat = (await chatsOf(ports, person)).find((one) => one.key === key)
  if (!chat) throw new AppError('not-found', 'this person sees no such chat')
  return chat
}

export function asChat({ kind, id, title }: VisibleChat): Chat {
  return { kind, id, title }
}
