import { Readable } from 'node:stream'
import type Router from '@koa/router'
import type { Context } from 'koa'
import { type Scope, scopeOf } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import { customerView } from '../../chat/customer-view.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Day } from '../../model/day.ts'
import type { Member } from '../../model/member.ts'
import { addAudit } from '../../store/audit.ts'
import { listView } from '../board/board-view.ts'
import { boardCsv } from '../board/csv.ts'
import { customerReasons, dueWords } from '../board/customer-facts.ts'
import type { PageParts } from '../board/parts.ts'
import { boardPage } from '../pages/board-page.ts'
import { customerPage } from '../pages/customer-page.ts'

/** Orders and touches on a customer's page. */
const LAST = 10

/** Who looks, at what, on which day: the same three that a command in chat is given. */
interface Reader {
  readonly actor: Member
  readonly scope: Scope
  readonly today: Day
}

/** `/board`, its download, and a page a customer. `ctx` has the clock of the business, which a demo can move. */
export function boardRoutes(router: Router, ctx: Ctx, { sessions, frame }: PageParts): void {
  const { text } = frame

  /** Who is logged in; nobody is sent to the login page, and comes back here afterwards. */
  const forReader = (answer: (http: Context, reader: Reader) => Promise<void>) => async (http: Context) => {
    const actor = await sessions.memberOf(http)
    if (!actor) {
      http.redirect(`/login?${new URLSearchParams({ back: http.path + http.search })}`)
      return
    }
    const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
    await answer(http, { actor, scope: scopeOf(actor), today })
  }

  const board = forReader(async (http, { actor, scope, today }) => {
    const asked = { words: wordOf(http.query.words), offset: offsetOf(http.query.from) }
    const view = await listView(ctx, { scope, today, role: actor.role }, asked, text)
    http.body = boardPage({ ...view, ...asked, member: actor, scope, today }, frame)
  })

  const download = forReader(async (http, { actor, scope, today }) => {
    const words = wordOf(http.query.words)
    const rows = await boardCsv(ctx, scope, words, text)
    await addAudit(ctx, { memberId: actor.id, action: 'board-download', subject: `member:${actor.id}` })
    http.attachment(`${text.board.file}-${today}.csv`)
    http.type = 'text/csv; charset=utf-8'
    http.body = Readable.from(rows)
  })

  const customer = forReader(async (http, reader) => {
    const id = Number(http.path.split('/').at(-1))
    const view = Number.isSafeInteger(id) ? await customerView(ctx, reader, id, LAST) : null
    // One out of scope is answered like one that does not exist.
    if (!view) throw new AppError('not-found', 'no such customer in scope', { say: text.board.gone })
    const why = await customerReasons(ctx, reader.scope, view)
    const dueBy = view.openCase && dueWords(ctx, view.openCase.dueAt, text)
    http.body = customerPage({ member: reader.actor, view, today: reader.today, why, dueBy }, frame)
  })

  router.get('/board', board)
  router.get('/board/customers.csv', download)
  router.get('/board/customers/:id', customer)
}

/** What stands in the address may be anything: one short text, or nothing. */
function wordOf(given: unknown): string {
  return typeof given === 'string' ? given.trim().slice(0, 60) : ''
}

function offsetOf(given: unknown): number {
  const offset = Number(wordOf(given))
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0
}
