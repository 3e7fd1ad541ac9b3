import type { DirectoryMember, ExternalContact } from '../../src/model/address-book.ts'
import type { Api } from './api.ts'
import { wecomUser } from './schema.ts'

/** Members that work here: active (1) or not yet activated (4); 2 is disabled, 5 has left. */
const EMPLOYED: ReadonlySet<number> = new Set([1, 4])
const USERS_AT_ONCE = 100

/** Everybody in the app's visible range, each once. */
export async function readDirectory(api: Api, signal: AbortSignal): Promise<DirectoryMember[]> {
  const departments = await api.departments()
  const names = new Map(departments.map((one) => [one.id, one.name]))
  const members = new Map<string, DirectoryMember>()
  for (const { id } of departments) {
    signal.throwIfAborted()
    for (const member of await api.membersOf(id)) {
      const main = member.main_department ?? member.department[0] ?? id
      const place = member.department.indexOf(main)
      members.set(member.userid, {
        user: member.userid,
        name: member.name || member.userid,
        department: names.get(main) ?? '',
        leads: member.is_leader_in_dept[place] === 1,
        employed: EMPLOYED.has(member.status),
      })
    }
  }
  return [...members.values()]
}

/** The customers of every member who has customer contact, page by page. */
export async function* readCustomers(api: Api, signal: AbortSignal): AsyncGenerator<ExternalContact[]> {
  const users = await api.followUsers()
  const tags = await api.customerTags()
  for (let at = 0; at < users.length; at += USERS_AT_ONCE) {
    let cursor = ''
    do {
      signal.throwIfAborted()
      const page = await api.customersOf(users.slice(at, at + USERS_AT_ONCE), cursor)
      // A page may be empty and have a next one.
      yield page.external_contact_list.map(({ external_contact: contact, follow_info: follow }) => ({
        customer: contact.external_userid,
        user: wecomUser(follow.userid),
        name: contact.name,
        remark: follow.remark,
        company: follow.remark_corp_name || contact.corp_name,
        since: follow.createtime * 1000,
        phones: follow.remark_mobiles,
        tags: follow.tag_id.flatMap((id) => tags.get(id) ?? []),
      }))
      cursor = page.next_cursor
    } while (cursor !== '')
  }
}
