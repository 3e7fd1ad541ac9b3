import type { Clock } from '../../src/clock.ts'
import type { Address } from '../../src/model/chat.ts'
import type { ReplyAddress } from './inbound.ts'

type Place = Pick<Address, 'kind' | 'id'>

/** The answer addresses of recent messages, in memory only: each is a credential. */
export interface Webhooks {
  remember(place: Place, reply: ReplyAddress): void
  /** An address that still works for this chat, or null. */
  find(place: Place): URL | null
  forget(place: Place): void
}

const MARGIN_MS = 60_000
const MAX_CHATS = 5_000

/** `legacyUrl`: the only host that may get our words; a message could name any other one. */
export function createWebhooks(clock: Clock, legacyUrl: string): Webhooks {
  const known = new Map<string, { url: URL; until: number }>()
  const nameOf = ({ kind, id }: Place): string => `${kind}:${id}`

  return {
    remember(place, { url, until }) {
      if (!URL.canParse(url) || new URL(url).origin !== new URL(legacyUrl).origin) return
      known.delete(nameOf(place))
      known.set(nameOf(place), { url: new URL(url), until })
      const [oldest] = known.keys()
      if (known.size > MAX_CHATS && oldest !== undefined) known.delete(oldest)
    },
    find(place) {
      const one = known.get(nameOf(place))
      return one && clock.now() < one.until - MARGIN_MS ? one.url : null
    },
    forget: (place) => void known.delete(nameOf(place)),
  }
}
