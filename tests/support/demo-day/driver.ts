/** One chat platform of the demo day: the fake, and what people do on it. Everything they do arrives three times. */
export interface Driver {
  readonly platform: 'wecom' | 'dingtalk'
  /** How many processes share the work. */
  readonly processes: number
  /** The platform's part of the settings, and its secrets. */
  readonly settings: object
  readonly secrets: Readonly<Record<string, string>>
  /** From now on every tenth call fails in one of many ways, and tokens end whenever they like. */
  makeTrouble(random: () => number): void
  /** Cuts what connections there are. */
  cut(): void
  /** How many messages people have got. */
  seen(): number
  /** How many messages this person has got. */
  seenBy(person: string): number
  /** The cards of this person whose title begins so: all of their words. */
  cardsOf(person: string, title: string): readonly string[]
  /** `id` names the message; a service that is away is told again until it has taken it. `url`: of the service. */
  say(url: string, person: string, text: string, id: number): Promise<void>
  /** Presses a button of the newest card with such a title, for its first customer. */
  press(url: string, person: string, title: string, label: string): Promise<void>
  /** Whether a breach is an answer whose arrival nobody can know: the platform has no key for it. */
  isDoubt(breach: string): boolean
  /** @throws Error when a call broke the documentation, or a message was seen twice */
  close(): Promise<void>
}

/** A platform repeats what it is not sure of; so often here. */
export const DELIVERIES = 3
