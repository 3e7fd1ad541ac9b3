import { cardLines } from '../../../src/cards/fit-card.ts'
import type { CardAction } from '../../../src/model/card.ts'
import type { Chat, InboundEvent } from '../../../src/model/chat.ts'
import { PLAYGROUND } from '../../../src/model/playground.ts'
import { buttonsOf, type Phones, type Shown } from './phones.ts'
import type { LivedService } from './service.ts'

/** What a person and the bot do to each other. */
export interface Person {
  readonly key: string
  readonly random: () => number
  /** Newest first. */
  phone(): readonly Shown[]
  /** Says a line in the own chat; resolves with the cards that came back. */
  says(text: string): Promise<readonly Shown[]>
  /** Presses a button; `old`: on a screen that still shows the card as it came. */
  presses(shown: Shown, action: CardAction): Promise<readonly Shown[]>
  /** The first button whose label begins so, on the card as it stands now. */
  taps(shown: Shown | undefined, label: string): Promise<readonly Shown[]>
  pick<T>(list: readonly T[]): T | undefined
}

export interface Talked {
  readonly person: string
  readonly said: string
  readonly answer: string
}

/** Events are delivered twice now and then, as platforms do. */
const TWICE = 0.12

export function personOf(
  key: string,
  world: {
    readonly service: () => LivedService
    readonly phones: Phones
    readonly random: () => number
    readonly talked: Talked[]
  },
): Person {
  const { phones, random } = world
  const where: Chat = { kind: 'dm', id: key }
  let count = 0

  async function deliver(event: InboundEvent, said: string): Promise<readonly Shown[]> {
    const before = new Set(phones.of(key))
    const service = world.service()
    await service.accept(event)
    if (random() < TWICE) await service.accept(event)
    await service.answer()
    if (random() < TWICE) {
      await service.accept(event)
      await service.answer()
    }
    const fresh = phones.of(key).filter((one) => !before.has(one) && one.key.startsWith('reply:'))
    world.talked.push({ person: key, said, answer: fresh.flatMap(({ card }) => cardLines(card)).join('\n') })
    return fresh
  }

  const base = () => ({
    id: `${key}-${++count}`,
    at: world.service().ctx.clock.now(),
    who: { platform: PLAYGROUND, id: key, name: null },
    where,
  })

  const presses: Person['presses'] = (shown, { action, payload, label }) =>
    deliver({ ...base(), kind: 'action', action, payload, update: { key: shown.key } }, `[${label}]`)

  return {
    key,
    random,
    presses,
    phone: () => phones.of(key),
    says: (text) => deliver({ ...base(), kind: 'text', text }, text),
    async taps(shown, label) {
      const action = shown && buttonsOf(shown.card).find((one) => one.label.startsWith(label))
      return shown && action ? presses(shown, action) : []
    },
    pick: (list) => list[Math.floor(random() * list.length)],
  }
}
