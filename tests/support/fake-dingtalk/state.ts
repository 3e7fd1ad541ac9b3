import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../src/clock.ts'
import type { Login } from './login.ts'
import type { FakeRobot } from './robot.ts'

export interface FakePerson {
  readonly userId: string
  readonly name: string
  /** In the person's own order; absent: the company itself. */
  readonly departments?: readonly number[]
  /** Departments that the person leads. */
  readonly leads?: readonly number[]
}

/** The company and the app that the fake plays. */
export interface FakeApp {
  readonly corpId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  /** The published card template, and the variables it knows. */
  readonly templateId: string
  readonly variables: readonly string[]
  readonly staff: readonly FakePerson[]
  /** Below the company (1), with the id of the department above. */
  readonly departments?: readonly { readonly id: number; readonly name: string; readonly above: number }[]
  /** Records of 客户管理, as they are, and who may read them. */
  readonly crm?: { readonly operator: string; readonly records: readonly unknown[] }
  /** Fewer people on a page than were asked for. */
  readonly pageSize?: number
  readonly groups: readonly { readonly id: string; readonly title: string }[]
}

/** A message or card as people see it. */
export interface Shown {
  readonly id: string
  readonly at: number
  /** `dm:<userId>`, `group:<openConversationId>`, or `robot:<access_token>` for the group of a robot. */
  readonly to: string
  readonly form: 'message' | 'card' | 'webhook'
  /** Of a card: its variables, and our id for it. */
  readonly params: Map<string, string>
  readonly track: string | null
  text: string
  recalled: boolean
}

export interface Ticket {
  readonly at: number
  readonly subscriptions: readonly string[]
}

const TICKET_MS = 90_000
const QPS = 20

/** What the platform remembers. Times come from the clock of the test. */
export class FakeState {
  readonly app: FakeApp
  readonly clock: Clock
  readonly shown: Shown[] = []
  readonly media = new Set<string>()
  readonly webhooks = new Map<string, { to: string; until: number }>()
  readonly tickets = new Map<string, Ticket>()
  /** Codes of logins, each good for one token; and the tokens of people. */
  readonly logins = new Map<string, Login>()
  readonly userTokens = new Map<string, string>()
  /** Group robots by access token, and the ids of what they sent. */
  readonly robots = new Map<string, FakeRobot>()
  readonly uuids = new Set<string>()
  /** Calls that count for the monthly quota. */
  counted = 0
  /** Seconds that a new token lives. */
  tokenLifeS = 7200
  /** Permissions (权限点) that the app has not got. */
  readonly lacking = new Set<string>()
  /** Tickets of plain letters, for a client that does not escape them. */
  plainTickets = false
  private token: { value: string; until: number } | null = null
  private readonly recent = new Map<string, number[]>()
  private counter = 0

  constructor(app: FakeApp, clock: Clock) {
    this.app = app
    this.clock = clock
  }

  next(prefix: string): string {
    this.counter++
    return `${prefix}-${this.counter}`
  }

  /** Asking again within the validity gives the same token. */
  issueToken(): { accessToken: string; expireIn: number } {
    const now = this.clock.now()
    if (!this.token || now >= this.token.until) {
      this.token = { value: this.next('TOKEN'), until: now + this.tokenLifeS * 1000 }
    }
    return { accessToken: this.token.value, expireIn: Math.floor((this.token.until - now) / 1000) }
  }

  endTokens(): void {
    this.token = null
  }

  isGoodToken(token: string | null | undefined): boolean {
    return this.token !== null && token === this.token.value && this.clock.now() < this.token.until
  }

  /** Stricter than the real form: catches an address that is not escaped. */
  issueTicket(subscriptions: readonly string[]): string {
    const ticket = this.plainTickets
      ? randomBytes(12).toString('hex')
      : `a+b/${randomBytes(12).toString('base64')}==`
    this.tickets.set(ticket, { at: this.clock.now(), subscriptions })
    return ticket
  }

  /** A ticket opens one connection within 90 s. */
  takeTicket(ticket: string): Ticket | null {
    const known = this.tickets.get(ticket)
    this.tickets.delete(ticket)
    return known && this.clock.now() - known.at <= TICKET_MS ? known : null
  }

  /** False when this API was called more than 20 times (or `most`) within a second. */
  withinRate(api: string, most = QPS): boolean {
    const now = this.clock.now()
    const times = (this.recent.get(api) ?? []).filter((at) => now - at < 1000)
    if (times.length >= most) return false
    this.recent.set(api, [...times, now])
    return true
  }

  isStaff(userId: string): boolean {
    return this.app.staff.some((one) => one.userId === userId)
  }

  isGroup(id: string): boolean {
    return this.app.groups.some((one) => one.id === id)
  }

  show(one: Pick<Shown, 'to' | 'form' | 'text'> & { track?: string; params?: Map<string, string> }): Shown {
    const { track = null, params = new Map<string, string>() } = one
    const shown = { id: this.next('MSG'), at: this.clock.now(), recalled: false, ...one, track, params }
    this.shown.push(shown)
    return shown
  }

  /** The plain text of everything people see there, oldest first. */
  textsAt(to: string): string[] {
    return this.shown.filter((one) => one.to === to && !one.recalled).map(textOf)
  }
}

export function textOf({ form, text, params }: Shown): string {
  return form === 'card' ? [...params.values()].filter((value) => value !== '').join('\n') : text
}
