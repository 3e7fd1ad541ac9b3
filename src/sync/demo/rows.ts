import { type Day, isoFromDay } from '../../model/day.ts'
import { MEMBERS } from './company.ts'
import { fakePhone } from './names.ts'
import type { CustomerPlan } from './plan.ts'
import type { Life } from './records.ts'

/** Values by the model's field names, as a CSV file would hold them. */
export type Values = Readonly<Record<string, string>>

/** A row of the books and the day from which they show it. */
export interface Shown {
  readonly from: Day
  readonly values: Values
}

/** Reps, leads and the administrator; their playground identity is their key. */
export function memberRows(): Values[] {
  return MEMBERS.map(({ key, name, role, team }) => ({
    key,
    name,
    role,
    team: team ?? '',
    region: team ?? '',
    active: '1',
    playground: key,
  }))
}

/** The customer's own row: once, and again whenever the contract is renewed. */
export function customerRows(plan: CustomerPlan, life: Life): Shown[] {
  const values = {
    key: plan.key,
    name: plan.name,
    shortName: plan.shortName,
    owner: plan.rep.key,
    segment: plan.segment.name,
    region: plan.team.name,
    industry: plan.industry,
    phone: fakePhone(plan.index, 0),
    since: isoFromDay(plan.since),
  }
  if (life.contractEnds.length === 0) return [{ from: plan.from, values: { ...values, renewal: '' } }]
  return life.contractEnds.map(({ shownFrom, end }) => ({
    from: shownFrom,
    values: { ...values, renewal: isoFromDay(end) },
  }))
}

/** Contacts: shown from the customer's first day, from their own, and again from the day they left. */
export function contactRows(plan: CustomerPlan, life: Life): Shown[] {
  return life.contacts.flatMap(({ from, left, key, name, role, title, phone }) => {
    const values = { key, customer: plan.key, name, role, title, phone, from: isoOrEmpty(from) }
    const joined = { from: from ?? plan.from, values: { ...values, left: '' } }
    return left === null ? [joined] : [joined, { from: left, values: { ...values, left: isoFromDay(left) } }]
  })
}

/** Events of the days that `wanted` names; their keys number the whole life, so they never change. */
export function eventRows(plan: CustomerPlan, life: Life, wanted: (day: Day) => boolean): Shown[] {
  return life.events.flatMap((event, at) => {
    if (!wanted(event.day)) return []
    const values = {
      key: `${plan.key}-${at + 1}`,
      customer: plan.key,
      at: instant(event.day, event.minute),
      kind: event.kind,
      amount: event.amount === undefined ? '' : String(event.amount),
      quantity: event.quantity === undefined ? '' : String(event.quantity),
      channel: event.channel ?? '',
      text: event.text ?? '',
      note: event.note ?? '',
    }
    return [{ from: event.day, values }]
  })
}

export function surveyRows(plan: CustomerPlan, life: Life, wanted: (day: Day) => boolean): Shown[] {
  return life.surveys.flatMap((survey, at) => {
    if (!wanted(survey.day)) return []
    const values = {
      key: `${plan.key}-S${at + 1}`,
      customer: plan.key,
      at: instant(survey.day, survey.minute),
      kind: 'nps',
      score: String(survey.score),
      contact: survey.contact,
      text: survey.text ?? '',
    }
    return [{ from: survey.day, values }]
  })
}

function isoOrEmpty(day: Day | null): string {
  return day === null ? '' : isoFromDay(day)
}

function instant(day: Day, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${isoFromDay(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
