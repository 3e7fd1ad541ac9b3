import { z } from 'zod'
import type { Call, Violate } from './openapi.ts'
import type { FakePerson, FakeState } from './state.ts'

type Handler = (state: FakeState, body: unknown) => object

const COMPANY = { id: 1, name: '总部', above: 0 }

/** What the documentation allows, and the permission that the app needs. */
const HANDLERS: Readonly<Record<string, { scope: string; schema: z.ZodType; run: Handler }>> = {
  '/topapi/v2/department/listsub': {
    scope: 'qyapi_get_department_list',
    schema: z.strictObject({ dept_id: z.number().int().positive().optional() }),
    run: departmentsBelow,
  },
  '/topapi/v2/department/get': {
    scope: 'qyapi_get_department_list',
    schema: z.strictObject({ dept_id: z.number().int().positive() }),
    run: oneDepartment,
  },
  '/topapi/v2/user/list': {
    scope: 'qyapi_get_department_member',
    schema: z.strictObject({
      dept_id: z.number().int().positive(),
      cursor: z.number().int().min(0),
      size: z.number().int().min(1).max(100),
    }),
    run: usersOf,
  },
  '/topapi/user/getbyunionid': {
    scope: 'qyapi_get_member',
    schema: z.strictObject({ unionid: z.string().min(1) }),
    run: personByUnion,
  },
}

/** `topapi`: platform errors come as 88 with the code of the platform below; none of these calls is counted. */
export function topapi(state: FakeState, { path, query, body, headers }: Call, violate: Violate): object {
  const handler = HANDLERS[path]
  if (!handler) {
    violate(`unknown call ${path}`)
    return { errcode: 22, errmsg: 'Invalid method' }
  }
  if (!/^application\/json\b/.test(String(headers['content-type']))) violate(`${path}: content type`)
  if (!state.isGoodToken(query.get('access_token'))) return wrapped('40014', '不合法的access_token')
  if (!state.withinRate(path)) return wrapped('90018', '您的服务器调用接口过于频繁')
  if (state.lacking.has(handler.scope))
    return wrapped('60011', `没有调用该接口的权限,requiredScopes=[${handler.scope}]`)
  const given = handler.schema.safeParse(JSON.parse(body.toString('utf8')))
  if (given.success) return handler.run(state, given.data)
  violate(`${path}: ${z.prettifyError(given.error)}`)
  return { errcode: 40035, errmsg: 'parameter' }
}

function wrapped(code: string, text: string): object {
  const errmsg = `ding talk error[subcode=${code},submsg=${text}]`
  return { errcode: 88, sub_code: code, sub_msg: text, errmsg, request_id: 'R-1' }
}

const result = (value: unknown): object => ({ errcode: 0, errmsg: 'ok', request_id: 'R-1', result: value })

const allOf = (state: FakeState) => [COMPANY, ...(state.app.departments ?? [])]

/** `contact_type` 1 is a contact of the company from outside. */
function personByUnion(state: FakeState, body: unknown): object {
  const { unionid } = body as { unionid: string }
  const userid = unionid.replace(/^union-/, '')
  if (userid.startsWith('external-')) return result({ userid, contact_type: 1 })
  return state.isStaff(userid) ? result({ userid, contact_type: 0 }) : wrapped('60121', '找不到该用户')
}

function departmentsBelow(state: FakeState, body: unknown): object {
  const { dept_id = 1 } = body as { dept_id?: number }
  if (!allOf(state).some((one) => one.id === dept_id)) return wrapped('60003', '部门不存在')
  return result(
    allOf(state)
      .filter((one) => one.above === dept_id)
      .map(({ id, name, above }) => ({ dept_id: id, name, parent_id: above, auto_add_user: true })),
  )
}

function oneDepartment(state: FakeState, body: unknown): object {
  const { dept_id } = body as { dept_id: number }
  const found = allOf(state).find((one) => one.id === dept_id)
  if (!found) return wrapped('60003', '部门不存在')
  return result({ dept_id, name: found.name, parent_id: found.above })
}

/** Direct members only; cursors are opaque numbers that grow. */
function usersOf(state: FakeState, body: unknown): object {
  const { dept_id, cursor, size } = body as { dept_id: number; cursor: number; size: number }
  if (!allOf(state).some((one) => one.id === dept_id)) return wrapped('60003', '部门不存在')
  const all = state.app.staff.filter((one) => departmentsOf(one).includes(dept_id))
  const list = all.slice(cursor, cursor + Math.min(size, state.app.pageSize ?? size)).map((one) => ({
    userid: one.userId,
    unionid: `union-${one.userId}`,
    name: one.name,
    // The samples of the documentation print flags and numbers as strings.
    leader: String(one.leads?.includes(dept_id) ?? false),
    dept_id_list: departmentsOf(one).map(String),
    active: true,
  }))
  const next = cursor + list.length
  return result({ has_more: next < all.length, ...(next < all.length && { next_cursor: next }), list })
}

function departmentsOf(person: FakePerson): readonly number[] {
  return person.departments ?? [COMPANY.id]
}
