import { z } from 'zod'
import { AppError } from '../../src/errors.ts'
import type { Api } from './api.ts'

/** Samples of the legacy API print numbers and booleans as strings: both are taken. */
const Id = z.coerce.number().int().positive()
const Flag = z
  .union([z.boolean(), z.literal(['true', 'false']).transform((word) => word === 'true')])
  .nullish()
  .transform((flag) => flag === true)

const Department = z.object({ dept_id: Id, name: z.string() })
export type Department = z.infer<typeof Department>

const User = z.object({
  userid: z.string().min(1).max(200),
  name: z.string().nullish(),
  dept_id_list: z
    .array(Id)
    .nullish()
    .transform((ids) => ids ?? []),
  /** Of the department that was asked for. */
  leader: Flag,
})
export type User = z.infer<typeof User>

/** A further page without its cursor would make everybody on it look gone. */
const Users = z
  .object({ has_more: Flag, next_cursor: z.coerce.number().int().nullish(), list: z.array(User) })
  .transform(({ has_more, next_cursor, list }) => ({
    users: list,
    next: has_more ? (next_cursor ?? -1) : null,
  }))

/** The address book, as far as the app may see it. None of these calls counts for the month. */
export interface Contacts {
  /** The departments directly below this one; 1 is the company. */
  departmentsBelow(department: number): Promise<readonly Department[]>
  departmentName(department: number): Promise<string>
  /**
   * The direct members of a department, page by page: `next` is null on the last one.
   * @throws AppError `upstream` when the next page would not be a later one
   */
  usersOf(department: number, cursor: number): Promise<UserPage>
}

export interface UserPage {
  readonly users: readonly User[]
  readonly next: number | null
}

const PAGE = 100

/** @see https://open.dingtalk.com/document/orgapp/obtain-the-department-list-v2 */
export function createContacts(api: Pick<Api, 'legacy'>): Contacts {
  return {
    departmentsBelow: (department) =>
      api.legacy('topapi/v2/department/listsub', { dept_id: department }, z.array(Department)),
    async departmentName(department) {
      const body = { dept_id: department }
      return (await api.legacy('topapi/v2/department/get', body, Department)).name
    },
    async usersOf(department, cursor) {
      const body = { dept_id: department, cursor, size: PAGE }
      const page = await api.legacy('topapi/v2/user/list', body, Users)
      if (page.next !== null && page.next <= cursor)
        throw new AppError('upstream', 'DingTalk names no next page of a department')
      return page
    },
  }
}
