import { AppError, asAppError } from '../../src/errors.ts'
import type {
  ContactsPage,
  DirectoryMember,
  ExternalContact,
  UnreadMember,
} from '../../src/model/address-book.ts'
import type { Api } from './api.ts'
import type { CustomersPage } from './schema.ts'

/** Members that work here: active (1) or not yet activated (4); 2 is disabled, 5 has left. */
const EMPLOYED: ReadonlySet<number> = new Set([1, 4])
/** The platform takes 100; what an interruption reads again stays small. */
const USERS_AT_ONCE = 50

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

/**
 * The customers of the members with customer contact whose id comes after `after`, by rising id and page by page. One
 * member the app may not read does not keep the others from being read: then each is asked for alone.
 */
export async function* readCustomers(
  api: Api,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<ContactsPage> {
  const all = [...new Set(await api.followUsers())].toSorted().filter((user) => user > after)
  const tags = await api.customerTags()
  for (let at = 0; at < all.length; at += USERS_AT_ONCE) {
    const users = all.slice(at, at + USERS_AT_ONCE)
    try {
      yield* contactsOf(api, users, tags, signal)
      yield { contacts: [], done: { read: users, unread: [] } }
    } catch (error) {
      if (!isAboutMember(error)) throw error
      yield* readOneByOne(api, users, tags, signal)
    }
  }
}

async function* readOneByOne(
  api: Api,
  users: readonly string[],
  tags: ReadonlyMap<string, string>,
  signal: AbortSignal,
): AsyncGenerator<ContactsPage> {
  const read: string[] = []
  const unread: UnreadMember[] = []
  for (const user of users) {
    try {
      yield* contactsOf(api, [user], tags, signal)
      read.push(user)
    } catch (error) {
      if (!isAboutMember(error)) throw error
      if (hasNoCustomers(error)) read.push(user)
      else unread.push({ user, say: asAppError(error).say ?? '' })
    }
  }
  yield { contacts: [], done: { read, unread } }
}

async function* contactsOf(
  api: Api,
  users: readonly string[],
  tags: ReadonlyMap<string, string>,
  signal: AbortSignal,
): AsyncGenerator<ContactsPage> {
  let cursor = ''
  do {
    signal.throwIfAborted()
    const page = await api.customersOf(users, cursor)
    // A page may be empty and have a next one; one that names itself would go on for ever.
    if (page.next_cursor !== '' && page.next_cursor === cursor) {
      throw new AppError('upstream', 'WeCom gave the same cursor twice')
    }
    yield { contacts: page.external_contact_list.map((one) => asContact(one, tags)), done: null }
    cursor = page.next_cursor
  } while (cursor !== '')
}

function asContact(
  { external_contact: contact, follow_info: follow }: CustomersPage['external_contact_list'][number],
  tags: ReadonlyMap<string, string>,
): ExternalContact {
  return {
    customer: contact.external_userid,
    user: follow.userid,
    name: contact.name,
    remark: follow.remark,
    company: follow.remark_corp_name || contact.corp_name,
    since: follow.createtime * 1000,
    phones: follow.remark_mobiles,
    tags: follow.tag_id.flatMap((id) => tags.get(id) ?? []),
    addWay: follow.add_way ?? null,
  }
}

/** No relation between the member and any customer: nothing is wrong. */
const NO_CUSTOMERS = 84061

function hasNoCustomers(error: unknown): boolean {
  return asAppError(error).data.errcode === NO_CUSTOMERS
}

/** The platform refuses this member: out of sight, gone, or without customer contact. */
function isAboutMember(error: unknown): boolean {
  const { data } = asAppError(error)
  return data.kind === 'recipient' || data.kind === 'customer'
}
