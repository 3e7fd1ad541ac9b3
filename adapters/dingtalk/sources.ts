import type { Clock } from '../../src/clock.ts'
import type { DirectoryMember } from '../../src/model/address-book.ts'
import type { Contacts, User } from './contacts.ts'
import { withPatience } from './patience.ts'

export interface DirectoryParts {
  readonly contacts: Contacts
  readonly clock: Clock
  /** Where reading starts; everything below is read too. */
  readonly departments: readonly number[]
}

interface Found {
  readonly user: User
  /** Departments in which the person was found, and those among them that the person leads. */
  readonly places: number[]
  readonly leads: Set<number>
}

/**
 * Everybody whom the app may see in these departments and below, each once. Who left is not there any more; a
 * disabled account does not exist on DingTalk. Any page that cannot be read fails the whole: half an address book
 * would look as if the other half had left.
 */
export async function readDirectory(
  { contacts, clock, departments }: DirectoryParts,
  signal: AbortSignal,
): Promise<DirectoryMember[]> {
  const names = new Map<number, string>()
  const people = new Map<string, Found>()
  const patiently = <T>(work: () => Promise<T>): Promise<T> => withPatience(clock, signal, work)

  async function readUsers(department: number): Promise<void> {
    for (let cursor: number | null = 0; cursor !== null; ) {
      const at: number = cursor
      const page = await patiently(() => contacts.usersOf(department, at))
      for (const user of page.users) note(people, user, department)
      cursor = page.next
    }
  }

  async function readTree(department: number, name: string): Promise<void> {
    if (names.has(department)) return
    names.set(department, name)
    await readUsers(department)
    for (const below of await patiently(() => contacts.departmentsBelow(department)))
      await readTree(below.dept_id, below.name)
  }

  for (const root of departments) await readTree(root, await patiently(() => contacts.departmentName(root)))
  return [...people.values()].map((one) => memberOf(one, names))
}

function note(people: Map<string, Found>, user: User, department: number): void {
  const known = people.get(user.userid) ?? { user, places: [], leads: new Set<number>() }
  known.places.push(department)
  if (user.leader) known.leads.add(department)
  people.set(user.userid, known)
}

/** With several departments the one that a person leads counts, else the first in the person's own order. */
function memberOf({ user, places, leads }: Found, names: ReadonlyMap<number, string>): DirectoryMember {
  const order = [...user.dept_id_list.filter((id) => names.has(id)), ...places]
  const main = order.find((id) => leads.has(id)) ?? order[0]
  return {
    user: user.userid,
    name: user.name || user.userid,
    department: (main === undefined ? undefined : names.get(main)) ?? '',
    leads: leads.size > 0,
    employed: true,
  }
}
