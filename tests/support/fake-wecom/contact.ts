import { z } from 'zod'
import { type Answer, type Handler, parsed } from './api.ts'
import type { FakeState } from './state.ts'

const ByUserBody = z.strictObject({
  userid_list: z.array(z.string().min(1)).min(1).max(100),
  cursor: z.string(),
  limit: z.int().min(1).max(100),
})

const DAY_S = 86_400

const BehaviourBody = z
  .strictObject({
    /** Several would be added up. */
    userid: z.array(z.string().min(1)).length(1),
    start_time: z.int(),
    end_time: z.int(),
  })
  .refine((body) => body.end_time >= body.start_time, 'the end lies before the start')
  .refine((body) => body.end_time - body.start_time < 30 * DAY_S, 'more than 30 days')

/** The calls of customer contact (客户联系). */
export const CONTACT_HANDLERS: Readonly<Record<string, Handler>> = {
  'GET externalcontact/get_follow_user_list': (state) => ({
    errcode: 0,
    follow_user: [...new Set(state.corp.followers ?? (state.corp.customers ?? []).map((one) => one.user))],
  }),
  'POST externalcontact/get_corp_tag_list': (state) => {
    const names = [...new Set((state.corp.customers ?? []).flatMap((one) => one.tags ?? []))]
    const tag = names.map((name) => ({ id: `tag-${name}`, name, order: 0 }))
    return { errcode: 0, tag_group: [{ group_id: 'g', group_name: '客户等级', tag }] }
  },
  'POST externalcontact/batch/get_by_user': (state, request, violate) => {
    const body = parsed(ByUserBody, request, violate)
    return body ? customersOf(state, body) : { errcode: 40058 }
  },
  'POST externalcontact/get_user_behavior_data': (state, request, violate) => {
    const body = parsed(BehaviourBody, request, violate)
    return body ? behaviourOf(state, body, violate) : { errcode: 40058 }
  },
}

function refusal(state: FakeState, users: readonly string[]): number {
  const refused = state.corp.refusedUsers ?? {}
  return users.map((user) => refused[user] ?? 0).find((code) => code !== 0) ?? 0
}

/** Pages of two, and an empty page with a cursor before the last one: both are allowed. */
function customersOf(state: FakeState, { userid_list, cursor }: z.infer<typeof ByUserBody>): Answer {
  const refused = refusal(state, userid_list)
  if (refused !== 0) return { errcode: refused }
  const users = new Set(userid_list.map((user) => user.toLowerCase()))
  const all = (state.corp.customers ?? []).filter((one) => users.has(one.user.toLowerCase()))
  if (all.length > 0 && cursor === '') return { errcode: 0, external_contact_list: [], next_cursor: '0' }
  const from = Number(cursor === '' ? 0 : cursor)
  const list = all.slice(from, from + 2).map(({ user, id, name, ...more }) => ({
    external_contact: { external_userid: id, name, type: 1, gender: 0 },
    follow_info: {
      userid: user,
      remark: more.remark ?? '',
      createtime: more.createtime ?? 1_600_000_000,
      tag_id: (more.tags ?? []).map((tag) => `tag-${tag}`),
      ...(more.company !== undefined && { remark_corp_name: more.company }),
      add_way: more.addWay ?? 999,
    },
  }))
  return {
    errcode: 0,
    external_contact_list: list,
    next_cursor: from + 2 < all.length ? String(from + 2) : '',
  }
}

function behaviourOf(
  state: FakeState,
  { userid, start_time, end_time }: z.infer<typeof BehaviourBody>,
  violate: (what: string) => void,
): Answer {
  const refused = refusal(state, userid)
  if (refused !== 0) return { errcode: refused }
  if (start_time < state.clock.now() / 1000 - 180 * DAY_S) violate('behaviour: older than 180 days')
  const days = (state.corp.behaviour ?? []).filter(
    (one) =>
      one.user.toLowerCase() === userid[0]?.toLowerCase() &&
      one.stat_time >= start_time &&
      one.stat_time <= end_time,
  )
  return { errcode: 0, behavior_data: days.map(({ user: _user, ...told }) => told) }
}
