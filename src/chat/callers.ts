import type { Card } from '../model/card.ts'
import type { Caller, InboundEvent, Receipt } from '../model/chat.ts'
import { eventKey } from '../store/inbox.ts'

/** How long a callback is kept open for its reply. WeCom gives up after 5 s and asks again. */
const PATIENCE_MS = 1_500

/** The open callbacks of this process, by the event they brought. */
export interface Callers {
  readonly size: number
  /** From now on the reply to this event may go to this caller. Resolves when that is decided, or patience ends. */
  open(event: InboundEvent, caller: Caller): Promise<void>
  /** Takes the place for a reply of this one card; null when nobody waits who could show it. */
  offer(event: InboundEvent, card: Card): Offer | null
  /** The reply to this event goes another way, or there is none. */
  dismiss(event: InboundEvent): void
}

export interface Offer {
  readonly receipt: Receipt
  /** Once it is recorded. False when everybody has gone meanwhile: then it is to be sent, and `drop` ends the offer. */
  give(): boolean
  drop(): void
  /** It could not be recorded: whoever still has patience may be offered something later. */
  takeBack(): void
}

/** Callers of one event: a second one is the platform's repeat, made while the first one still waits. */
interface Place {
  readonly callers: Caller[]
  readonly settled: Promise<void>
  readonly settle: () => void
  /** What they are offered, while it is being recorded. */
  card: Card | null
  late: boolean
}

export function createCallers(patienceMs = PATIENCE_MS): Callers {
  const places = new Map<string, Place>()

  function close(key: string, place: Place): void {
    if (places.get(key) === place) places.delete(key)
    place.settle()
  }

  function newPlace(key: string): Place {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      place.late = true
      if (!place.card) close(key, place)
    }, patienceMs)
    timer.unref()
    const settle = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const place: Place = { callers: [], settled: promise, settle, card: null, late: false }
    places.set(key, place)
    return place
  }

  return {
    get size() {
      return places.size
    },
    open(event, caller) {
      const key = eventKey(event)
      const place = places.get(key) ?? newPlace(key)
      if (!place.card || caller.offer(place.card)) place.callers.push(caller)
      return place.settled
    },
    offer(event, card) {
      const key = eventKey(event)
      const place = places.get(key)
      if (!place || place.card) return null
      const offered = place.callers.flatMap((one) => (one.gone ? [] : (one.offer(card) ?? [])))
      const [receipt] = offered
      if (!receipt) return null
      place.card = card
      return {
        receipt,
        give() {
          const present = place.callers.filter((one) => !one.gone)
          for (const one of present) one.answer()
          if (present.length > 0) close(key, place)
          return present.length > 0
        },
        drop: () => close(key, place),
        takeBack() {
          place.card = null
          if (place.late) close(key, place)
        },
      }
    },
    dismiss(event) {
      const key = eventKey(event)
      const place = places.get(key)
      if (place && !place.card) close(key, place)
    },
  }
}
