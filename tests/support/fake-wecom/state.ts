import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Clock } from '../../../src/clock.ts'
import { checkedLogin } from './login.ts'
import type { ReplyBody as ReplySchema } from './robot-schema.ts'
import type { SendBody, TemplateCard } from './schema.ts'
import type { RobotBody } from './webhook.ts'

type ReplyBody = z.infer<typeof ReplySchema>

const LOGIN_CODE_MS = 5 * 60_000

export interface FakeMember {
  readonly userid: string
  readonly name: string
  readonly department: readonly number[]
  readonly leader?: boolean
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  readonly status?: number
}

/** What one member knows of one customer in WeChat. */
export interface FakeCustomer {
  readonly user: string
  readonly id: string
  readonly name: string
  readonly remark?: string
  readonly company?: string
  /** Names of tags; their ids are `tag-<name>`. */
  readonly tags?: readonly string[]
  readonly createtime?: number
  readonly addWay?: number
}

/** What one member did on one day; a number that is absent is absent in the answer. */
export interface FakeBehaviour {
  readonly user: string
  /** Seconds, midnight of the day. */
  readonly stat_time: number
  readonly chat_cnt?: number
  readonly reply_percentage?: number
  readonly avg_reply_time?: number
  readonly negative_feedback_cnt?: number
}

/** The company the fake plays. */
export interface FakeCorp {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly token: string
  readonly aesKey: string
  readonly members: readonly FakeMember[]
  readonly departments?: Readonly<Record<number, string>>
  readonly customers?: readonly FakeCustomer[]
  readonly behaviour?: readonly FakeBehaviour[]
  /** Members with customer contact; absent: those who have customers. */
  readonly followers?: readonly string[]
  /** The error that any call naming this member gives. */
  readonly refusedUsers?: Readonly<Record<string, number>>
  /** Keys of group robots. */
  readonly robots?: readonly string[]
}

export interface FakeMessage {
  readonly id: string
  readonly user: string
  readonly at: number
  body: SendBody
}

export interface CardCode {
  readonly message: FakeMessage
  readonly at: number
  used: boolean
}

/** What the platform remembers. Times come from the clock of the test. */
export class FakeState {
  readonly corp: FakeCorp
  readonly clock: Clock
  readonly messages: FakeMessage[] = []
  /** Texts that came in the answer to a callback, by its message. */
  readonly answers = new Map<string, string>()
  /** Sends that a member never sees: over 30 a minute or 1000 an hour. */
  readonly dropped: FakeMessage[] = []
  readonly codes = new Map<string, CardCode>()
  readonly media = new Map<string, number>()
  readonly tasks = new Set<string>()
  /** Addresses for answers of the smart robot, by code; each takes one. */
  readonly replies = new Map<string, { readonly chat: string; readonly at: number; body: ReplyBody | null }>()
  readonly groupMessages: { readonly key: string; readonly at: number; readonly body: RobotBody }[] = []
  /** Seconds that a new token lives. */
  tokenLifeS = 7200
  private readonly logins = new Map<string, { readonly user: string; readonly at: number }>()
  private token: { value: string; until: number } | null = null
  private readonly old = new Set<string>()
  private readonly bodies = new Map<string, number>()
  private counter = 0

  constructor(corp: FakeCorp, clock: Clock) {
    this.corp = corp
    this.clock = clock
  }

  next(prefix: string): string {
    this.counter++
    return `${prefix}-${this.counter}`
  }

  issueToken(): { access_token: string; expires_in: number } {
    const now = this.clock.now()
    if (!this.token || now >= this.token.until) {
      if (this.token) this.old.add(this.token.value)
      this.token = { value: this.next('TOKEN'), until: now + this.tokenLifeS * 1000 }
    }
    return { access_token: this.token.value, expires_in: Math.ceil((this.token.until - now) / 1000) }
  }

  /** The platform ends tokens whenever it likes. */
  endTokens(): void {
    if (this.token) this.old.add(this.token.value)
    this.token = null
  }

  /** The error code for a token, 0 for a good one. */
  tokenCode(given: string | null): number {
    if (given === null || given === '') return 41001
    if (this.token?.value === given) return this.clock.now() < this.token.until ? 0 : 42001
    return this.old.has(given) ? 42001 : 40014
  }

  isMember(user: string): boolean {
    return this.corp.members.some((one) => one.userid.toLowerCase() === user.toLowerCase())
  }

  /** True when the same body was delivered within its interval. */
  isDuplicate(body: SendBody): boolean {
    if (body.enable_duplicate_check !== 1) return false
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    const before = this.bodies.get(hash)
    const now = this.clock.now()
    if (before !== undefined && now - before < (body.duplicate_check_interval ?? 1800) * 1000) return true
    this.bodies.set(hash, now)
    return false
  }

  deliver(user: string, body: SendBody): FakeMessage {
    const at = this.clock.now()
    const mine = [...this.messages, ...this.dropped].filter((one) => one.user === user)
    const within = (ms: number): number => mine.filter((one) => at - one.at < ms).length
    const message = { id: this.next('MSG'), user, at, body }
    const list = within(60_000) >= 30 || within(3_600_000) >= 1000 ? this.dropped : this.messages
    list.push(message)
    return message
  }

  /** The page of the platform on which somebody agrees to log in: checks the address, gives the one it leads back to. */
  logIn(address: string, user: string): URL {
    const { redirect, state } = checkedLogin(address, this.corp)
    const code = this.next('LOGIN')
    this.logins.set(code, { user, at: this.clock.now() })
    redirect.searchParams.set('code', code)
    redirect.searchParams.set('state', state)
    return redirect
  }

  /** Whom a code stands for: a member even outside the visible range; used once, and within 5 minutes. */
  takeLogin(code: string): { userid: string } | { openid: string } | null {
    const login = this.logins.get(code)
    this.logins.delete(code)
    if (!login || this.clock.now() - login.at > LOGIN_CODE_MS) return null
    return this.isMember(login.user) ? { userid: login.user } : { openid: `openid-${login.user}` }
  }

  /** Shows what came without a call: no limit counts it. */
  show(user: string, body: SendBody): void {
    this.messages.push({ id: this.next('MSG'), user, at: this.clock.now(), body })
  }

  newCode(message: FakeMessage): string {
    const code = this.next('CODE')
    this.codes.set(code, { message, at: this.clock.now(), used: false })
    return code
  }
}

/** The card of a message, if it is one. */
export function cardOf(message: FakeMessage): TemplateCard {
  if (message.body.msgtype !== 'template_card') throw new Error(`the message is a ${message.body.msgtype}`)
  return message.body.template_card
}

/** What a person reads, without buttons. */
export function textOf({ body }: FakeMessage): string {
  switch (body.msgtype) {
    case 'text':
      return body.text.content
    case 'markdown':
      return body.markdown.content
    case 'image':
      return `[image ${body.image.media_id}]`
    case 'template_card':
      return cardText(body.template_card)
  }
}

function cardText(card: TemplateCard): string {
  const rows = (card.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname} ${value ?? ''}`)
  const figure = card.card_type === 'text_notice' ? card.emphasis_content : undefined
  return [
    card.main_title?.title,
    card.main_title?.desc,
    figure && `${figure.title} ${figure.desc}`,
    card.quote_area?.title,
    card.quote_area?.quote_text,
    card.sub_title_text,
    ...rows,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n')
}
