import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'
import type { Address } from '../model/chat.ts'
import type { Member, Role } from '../model/member.ts'
import { personId } from '../model/person-id.ts'
import { absencesOn, dutyOn } from './duty.ts'

/** Who these people of a platform are; nobody bound the others. Inactive members are returned too. */
export async function membersByIdentities(
  ctx: Ctx,
  platform: string,
  people: readonly string[],
): Promise<Map<string, Member>> {
  const rows = await members(ctx)
    .innerJoin('identities', 'identities.member_id', 'members.id')
    .select('identities.person as person')
    .where('identities.platform', '=', platform)
    .where('identities.person', 'in', textList(ctx.db, people))
    .execute()
  const reached = await withReach(ctx, rows.map(asMember))
  return new Map(rows.flatMap(({ person }, at) => (reached[at] ? [[person, reached[at]] as const] : [])))
}

/** Who this person of a platform is, or null when nobody bound them. Inactive members are returned too. */
export async function memberByIdentity(ctx: Ctx, platform: string, person: string): Promise<Member | null> {
  const row = await members(ctx)
    .innerJoin('identities', 'identities.member_id', 'members.id')
    .where('identities.platform', '=', platform)
    .where('identities.person', '=', person)
    .executeTakeFirst()
  return oneWithReach(ctx, row)
}

export async function memberById(ctx: Ctx, id: number): Promise<Member | null> {
  return oneWithReach(ctx, await members(ctx).where('members.id', '=', id).executeTakeFirst())
}

async function oneWithReach(
  ctx: Ctx,
  row: Parameters<typeof asMember>[0] | undefined,
): Promise<Member | null> {
  const [one = null] = row ? await withReach(ctx, [asMember(row)]) : []
  return one
}

/** The members with what they work on for others today; costs as much for fifty as for one. */
async function withReach(ctx: Ctx, all: readonly Member[]): Promise<Member[]> {
  const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const duty = (await absencesOn(ctx, today)).length === 0 ? null : await dutyOn(ctx, today)
  const handed = await handedCustomers(ctx)
  return all.map((member) => {
    const members = duty?.standsInFor(member.id) ?? []
    const team = member.role === 'lead' ? member.teamId : null
    const customers = handed
      .filter((one) => (team === null ? one.ownerId === member.id : one.teamId === team))
      .map((one) => one.customerId)
    return members.length + customers.length === 0 ? member : { ...member, reach: { members, customers } }
  })
}

/** Customers of cases that were handed to a colleague, with that colleague and its team. */
async function handedCustomers(
  ctx: Ctx,
): Promise<{ customerId: number; ownerId: number; teamId: number | null }[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .select(['cases.customer_id', 'cases.owner_id', 'members.team_id'])
    .where('cases.handed', '=', 1)
    .where('cases.closed_at', 'is', null)
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customer_id),
    ownerId: Number(row.owner_id),
    teamId: row.team_id === null ? null : Number(row.team_id),
  }))
}

/** Members whose key or name is exactly `text`: for administrators who bind people. */
export async function findMembers(ctx: Ctx, text: string): Promise<Member[]> {
  const rows = await members(ctx)
    .where((eb) => eb.or([eb('members.source_key', '=', text), eb('members.name', '=', text)]))
    .orderBy('members.id')
    .limit(20)
    .execute()
  return rows.map(asMember)
}

/** Binds a person of a platform to a member, replacing an earlier binding of that person. */
export async function bindIdentity(
  ctx: Ctx,
  binding: { platform: string; person: string; memberId: number },
): Promise<void> {
  const row = { member_id: binding.memberId, bound_at: ctx.clock.now() }
  await ctx.db
    .insertInto('identities')
    .values({ platform: binding.platform, person: personId(binding.platform, binding.person), ...row })
    .onConflict((oc) => oc.columns(['platform', 'person']).doUpdateSet(row))
    .execute()
}

/**
 * Where an active member can be reached directly, one address a platform: those that are switched on first, then the one
 * the member wrote from last, then as `push.platforms` says.
 */
export async function addressesOf(ctx: Ctx, memberId: number): Promise<Address[]> {
  const { settings } = ctx
  const order: readonly string[] = settings.push.platforms
  const place = (platform: string): number =>
    order.includes(platform) ? order.indexOf(platform) : order.length
  const rows = await directAddresses(ctx)
    .select('identities.heard_at as heardAt')
    .where('members.id', '=', memberId)
    .execute()
  return rows
    .sort(
      (a, b) =>
        Number(isOn(settings, b.platform)) - Number(isOn(settings, a.platform)) ||
        Number(b.heardAt ?? 0) - Number(a.heardAt ?? 0) ||
        place(a.platform) - place(b.platform),
    )
    .map(asAddress)
}

function isOn({ wecom, dingtalk, playground }: Ctx['settings'], platform: string): boolean {
  if (platform === 'wecom') return wecom.app.enabled || wecom.aibot.enabled
  return platform === 'dingtalk' ? dingtalk.enabled : playground.enabled
}

/** A direct chat, and whose it is. */
export interface DirectChat {
  readonly memberId: number
  readonly to: Address
}

/** The direct chats of every active administrator. */
export async function adminChats(ctx: Ctx): Promise<DirectChat[]> {
  const rows = await directAddresses(ctx).where('members.role', '=', 'admin').execute()
  return rows.map(asDirectChat)
}

/** The direct chats of every active lead of a team. */
export async function leadChats(ctx: Ctx, teamId: number): Promise<DirectChat[]> {
  const rows = await directAddresses(ctx)
    .where('members.role', '=', 'lead')
    .where('members.team_id', '=', teamId)
    .execute()
  return rows.map(asDirectChat)
}

function members(ctx: Ctx) {
  return ctx.db
    .selectFrom('members')
    .leftJoin('teams', 'teams.id', 'members.team_id')
    .select([
      'members.id as id',
      'members.name as name',
      'members.role as role',
      'members.team_id as teamId',
      'teams.name as teamName',
      'members.region as region',
      'members.active as active',
    ])
}

function directAddresses(ctx: Ctx) {
  return ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select(['identities.platform as platform', 'identities.person as person', 'members.id as memberId'])
    .where('members.active', '=', 1)
    .orderBy('identities.platform')
    .orderBy('identities.person')
}

function asAddress(row: { platform: string; person: string }): Address {
  return { platform: row.platform, kind: 'dm', id: row.person }
}

function asDirectChat(row: { platform: string; person: string; memberId: number }): DirectChat {
  return { memberId: Number(row.memberId), to: asAddress(row) }
}

interface MemberRow {
  id: number
  name: string
  role: Role
  teamId: number | null
  teamName: string | null
  region: string | null
  active: number
}

function asMember(row: MemberRow): Member {
  return {
    ...row,
    id: Number(row.id),
    teamId: row.teamId === null ? null : Number(row.teamId),
    active: Number(row.active) === 1,
  }
}
