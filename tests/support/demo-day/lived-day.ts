import { launchLiuke, type RunningService, startLiuke } from '../running-service.ts'
import { untilDone } from '../until-done.ts'
import { type House, REPS } from './company.ts'
import type { Driver } from './driver.ts'
import type { Planned } from './plan.ts'
import { whatWaits, whereItStands } from './where-it-stands.ts'

/** A service of as many processes as the platform's company runs. */
export interface Processes {
  /** Of the first one. */
  readonly url: string
  stop(): Promise<void>
}

export async function startProcesses(config: string, count: number): Promise<Processes> {
  const all: RunningService[] = []
  for (let n = 0; n < count; n++) all.push(await startLiuke(config))
  return asProcesses(all)
}

function asProcesses(all: readonly RunningService[]): Processes {
  return {
    // Where a page is served, its address is printed.
    url: new URL(all[0]?.url ?? '').origin,
    async stop() {
      const codes = await Promise.all(all.map((one) => one.stop()))
      if (codes.some((code) => code !== 0)) throw new Error(`liuke serve ended with ${codes.join()}`)
    },
  }
}

/**
 * Starts all processes and kills one after the other as soon as so many digests have been seen; each comes back.
 * `port`: of the first one, also after a kill.
 */
export async function startAndKill(
  { house, config, driver }: { readonly house: House; readonly config: string; readonly driver: Driver },
  { port, day, killAt }: { readonly port: number; readonly day: string; readonly killAt: readonly number[] },
): Promise<Processes> {
  const launch = (n: number) => launchLiuke(config, n === 0 ? port : 0)
  const all = Array.from({ length: driver.processes }, (_, n) => launch(n))
  for (const [times, seen] of killAt.entries()) {
    const look = (): string | null => {
      const digests = digestsSeen(driver, day)
      return digests < seen ? `${digests} of ${seen} digests` : null
    }
    await untilDone(look, { everyMs: 50, explain: () => whereItStands(house) })
    const n = times % all.length
    await all[n]?.kill()
    all[n] = launch(n)
  }
  return asProcesses(await Promise.all(all.map((one) => one.running)))
}

/** Resolves when everything said is handled, and everything that may go out today has gone out. */
export function settled(house: House): Promise<void> {
  return untilDone(() => whatWaits(house), { explain: () => whereItStands(house) })
}

/** Resolves when everybody has seen the digest of the plan. */
export function allSeen(
  house: House,
  driver: Driver,
  plan: ReadonlyMap<string, Planned>,
  day: string,
): Promise<void> {
  const look = (): string | null => wrongDigests(driver, plan, day).join('\n') || null
  return untilDone(look, { explain: () => whereItStands(house) })
}

function digestsSeen(driver: Driver, day: string): number {
  return REPS.filter(({ key, name }) => driver.cardsOf(key, `${name} · ${day}`).length > 0).length
}

/** How the digests that people have seen differ from the plan: one each, theirs, every customer named in order. */
export function wrongDigests(driver: Driver, plan: ReadonlyMap<string, Planned>, day: string): string[] {
  return REPS.flatMap(({ key, name }) => {
    const cards = driver.cardsOf(key, `${name} · ${day}`)
    const planned = plan.get(name)
    if (cards.length !== (planned ? 1 : 0)) return [`${name} has ${cards.length} digests`]
    return !planned || tells(cards[0] ?? '', planned)
      ? []
      : [`${name}: ${JSON.stringify(planned)} ≠ ${cards[0]}`]
  })
}

/** Expected orders without a line of their own stand in the note, whose names are shortened and cut where it is full. */
function tells(text: string, { customers, orders }: Planned): boolean {
  const places = customers.map((one) => text.indexOf(one))
  const ordered = places.every((place, at) => place > (places[at - 1] ?? -1))
  const whole = orders.every((one) => text.includes(one.slice(0, 8)))
  return ordered && (whole || text.includes('…'))
}
