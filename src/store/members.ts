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
  return new Map(rows.map(({ person, ...row }) => [person, asMember(row)]))
}

/** Who this person of a platform is, or null when nobody bound them. Inactive members are returned too. */
export async function memberByIdentity(ctx: Ctx, platform: string, person: string): Promise<Member | null> {
  const row = await members(ctx)
    .innerJoin('identities', 'identities.member_id', 'members.id')
    .where('identities.platform', '=', platform)
    .where('identities.person', '=', person)
    .executeTakeFirst()
  return row ? withReach(ctx, asMember(row)) : null
}

export async function memberById(ctx: Ctx, id: number): Promise<Member | null> {
  const row = await members(ctx).where('members.id', '=', id).executeTakeFirst()
  return row ? withReach(ctx, asMember(row)) : null
}

/** The member with what it works on for others today. */
async function withReach(ctx: Ctx, member: Member): Promise<Member> {
  const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const away = await absencesOn(ctx, today)
  const members = away.length === 0 ? [] : (await dutyOn(ctx, today)).standsInFor(member.id)
  const customers = await handedCustomers(ctx, member)
  return members.length + customers.length === 0 ? member : { ...member, reach: { members, customers } }
}

async function handedCustomers(ctx: Ctx, { id, role, teamId }: Member): Promise<number[]> {
  const team = role === 'lead' ? teamId : null
  const rows = await ctx.db
    .selectFrom('cases')
    .select('customer_id')
    .where('handed', '=', 1)
    .where('closed_at', 'is', null)
    .$if(team === null, (q) => q.where('owner_id', '=', id))
    .$if(team !== null, (q) =>
      q.where('owner_id', 'in', (sub) => sub.selectFrom('members').select('id').where('team_id', '=', team)),
    )
    .execute()
  return rows.map((row) => Number(row.customer_id))
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

/** Where an active member can be reached directly, one address a platform. */
export async function addressesOf(ctx: Ctx, memberId: number): Promise<Address[]> {
  const rows = await directAddresses(ctx).where('members.id', '=', memberId).execute()
  return rows.map(asAddress)
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
