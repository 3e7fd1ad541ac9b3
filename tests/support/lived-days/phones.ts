import { AppError } from '../../../src/errors.ts'
import type { Card, CardAction } from '../../../src/model/card.ts'
import { type FakeAdapter, fakeAdapter } from '../fake-adapter.ts'

/** A card on somebody's phone. */
export interface Shown {
  readonly key: string
  /** When it came. */
  readonly at: number
  /** As it was when it came: what an old screen still shows. */
  readonly first: Card
  /** As it stands now. */
  card: Card
}

/** What everybody has on the phone: a platform that fails now and then, before or after it took the message. */
export interface Phones {
  readonly adapter: FakeAdapter
  /** Newest first. */
  of(person: string): readonly Shown[]
  /** Everything that arrived, in order. */
  readonly arrived: { readonly person: string; readonly shown: Shown }[]
  /** Share of the calls that fail. */
  failing: number
}

export function phones(now: () => number, random: () => number): Phones {
  const adapter = fakeAdapter()
  const { send, update } = adapter
  const byKey = new Map<string, Shown>()
  const byPerson = new Map<string, Shown[]>()

  function maybeFail(): void {
    if (random() < made.failing) throw new AppError('upstream', 'the platform is shaky')
  }

  function arrive(person: string, key: string, card: Card): void {
    if (byKey.has(key)) return
    const shown: Shown = { key, at: now(), first: card, card }
    byKey.set(key, shown)
    made.arrived.push({ person, shown })
    byPerson.set(person, [shown, ...(byPerson.get(person) ?? [])])
  }

  adapter.send = async (to, card, key) => {
    maybeFail()
    const receipt = await send(to, card, key)
    arrive(to.id, key, card)
    maybeFail()
    return receipt
  }
  adapter.update = async (token, card) => {
    maybeFail()
    await update(token, card)
    const shown = byKey.get(String(token.key))
    if (shown) shown.card = card
    maybeFail()
  }

  const made: Phones = {
    adapter,
    of: (person) => byPerson.get(person) ?? [],
    arrived: [],
    failing: 0,
  }
  return made
}

/** A push that nobody asked for; everything else answers something the person did. */
export function isPush({ key }: Pick<Shown, 'key'>): boolean {
  return !key.startsWith('reply:') && !key.startsWith('update:')
}

export function buttonsOf(card: Card): CardAction[] {
  return [...(card.items ?? []).flatMap((item) => item.actions ?? []), ...(card.actions ?? [])]
}
