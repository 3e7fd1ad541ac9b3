import type Router from '@koa/router'
import type { Context } from 'koa'
import { AppError } from '../../errors.ts'
import type { PageLogin } from '../../model/login.ts'
import { personId } from '../../model/person-id.ts'
import { PLAYGROUND } from '../../model/playground.ts'
import { memberByIdentity } from '../../store/members.ts'
import { useLogin } from '../../store/page-sessions.ts'
import { playgroundPeople } from '../../store/playground-people.ts'
import type { PageParts } from '../board/parts.ts'
import { loginPage } from '../pages/login-page.ts'
import { rawBody } from '../raw-body.ts'
import { returnPath } from '../return-path.ts'

const FORM_BYTES = 4096
/** Longest code a platform hands out: 512 bytes. */
const CODE_CHARS = 600
/** Asking a platform about codes costs calls that cards need: a flood of made-up ones must not use them up. */
const CODES_PER_MINUTE = 120
const MINUTE_MS = 60_000

/** `/login`, `/login/<platform>`, the way back from it, and `/logout`. */
export function loginRoutes(router: Router, parts: PageParts): void {
  const { ctx, frame, logins, sessions, pending, demo, originOf } = parts
  const mayAsk = limiter(parts)

  function loginOf(platform: string | undefined): PageLogin {
    const login = logins.find((one) => one.platform === platform)
    if (!login) throw new AppError('not-found', 'no login on this platform')
    return login
  }

  async function enter(http: Context, platform: string, id: string, back: string): Promise<void> {
    const { login: words } = frame.text
    const person = personId(platform, id)
    const member = await memberByIdentity(ctx, platform, person)
    if (!member) throw refused(words.stranger(person))
    if (!member.active) throw refused(words.inactive)
    await sessions.signIn(http, { platform, person }, member)
    http.status = 303
    http.redirect(back)
  }

  router.get('/login', async (http) => {
    const { left, again } = http.query
    const back = returnPath(http.query.back)
    const inside = logins.find((login) => login.isInApp(http.get('User-Agent')))
    // Whoever just left or failed must see a page, not come straight back.
    if (inside && left === undefined && again === undefined) {
      return http.redirect(`/login/${inside.platform}?${new URLSearchParams({ back })}`)
    }
    http.body = loginPage(
      {
        platforms: logins.map(({ platform }) => platform),
        people: demo ? await playgroundPeople(ctx) : null,
        back,
        left: left !== undefined,
      },
      frame,
    )
  })

  router.post(`/login/${PLAYGROUND}`, async (http) => {
    if (!demo) throw new AppError('not-found', 'nobody may choose who they are here')
    const form = new URLSearchParams((await rawBody(http.req, FORM_BYTES)).toString())
    await enter(http, PLAYGROUND, form.get('person') ?? '', returnPath(form.get('back')))
  })

  router.get('/login/:platform', (http) => {
    const login = loginOf(http.params.platform)
    const state = pending.begin(http, login.platform, returnPath(http.query.back))
    const redirectUri = `${originOf(http)}/login/${login.platform}/back`
    http.redirect(login.start({ state, redirectUri, inApp: login.isInApp(http.get('User-Agent')) }))
  })

  router.get('/login/:platform/back', async (http) => {
    const { login: words } = frame.text
    const login = loginOf(http.params.platform)
    const { code, state } = http.query
    const begun = typeof state === 'string' ? pending.take(http, login.platform, state) : null
    if (!begun || typeof code !== 'string' || code === '' || code.length > CODE_CHARS) throw expired(words)
    if (!mayAsk()) throw new AppError('busy', 'too many logins in a minute', { say: words.tooMany })
    const person = await login.personOf(code).catch((error: unknown) => {
      // A used or made-up code is everyday; its own sentence tells what to do.
      throw error instanceof AppError && error.code === 'bad-input' ? expired(words) : error
    })
    if (!(await useLogin(ctx, begun.state))) throw expired(words)
    if (person === null) throw refused(words.outsider)
    await enter(http, login.platform, person, begun.back)
  })

  router.post('/logout', async (http) => {
    await sessions.signOut(http)
    http.status = 303
    http.redirect('/login?left=1')
  })
}

function refused(say: string): AppError {
  return new AppError('not-allowed', 'this person may not log in', { say })
}

function expired({ expired: say }: { readonly expired: string }): AppError {
  return new AppError('bad-input', 'the login was not begun here, was used, or is too old', { say })
}

/** True while fewer than so many logins came back within a minute. */
function limiter({ ctx }: PageParts): () => boolean {
  let since = 0
  let asked = 0
  return () => {
    const now = ctx.clock.now()
    if (now - since >= MINUTE_MS) {
      since = now
      asked = 0
    }
    asked++
    return asked <= CODES_PER_MINUTE
  }
}
