import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { CrmCustomer, CrmPage } from '../../src/model/address-book.ts'
import type { Api } from './api.ts'
import { withPatience } from './patience.ts'

const Ids = z
  .array(z.string())
  .nullish()
  .transform((ids) => ids ?? [])

/** Forms are the company's own; only the built-in fields of `data` are read. */
const Instance = z.object({
  instanceId: z.string().min(1).max(200),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  permission: z.object({ ownerStaffIds: Ids }).nullish(),
  createTime: z.string().nullish(),
})

const Answer = z.object({
  result: z.object({ nextToken: z.string().nullish(), values: z.array(z.unknown()) }),
})

export interface CrmParts {
  readonly api: Pick<Api, 'post'>
  readonly clock: Clock
  /** In whose name it is read: sees what this person may see. */
  readonly operator: string
  readonly kind: 'crm_customer' | 'crm_customer_personal'
}

/** One call a second for the whole company. */
const PACE_MS = 1_100
const PAGE = 100

/**
 * A page of all customers, private and public ones (私海 and 公海); costs one counted call.
 * @throws AppError `upstream` for an answer that is no page of customers
 * @see https://open.dingtalk.com/document/orgapp/crm-obtains-all-private-sea-customer-data
 */
export async function readCustomers(
  { api, clock, operator, kind }: CrmParts,
  cursor: string | null,
): Promise<CrmPage> {
  if (cursor !== null) await clock.sleep(PACE_MS)
  const body = { operatorUserId: operator, maxResults: PAGE, objectType: kind }
  const answer = await withPatience(clock, new AbortController().signal, () =>
    api.post('crm/customerInstances', cursor === null ? body : { ...body, nextToken: cursor }, Answer),
  )
  const { values, nextToken } = answer.result
  const next = nextToken || null
  if (next !== null && next === cursor)
    throw new AppError('upstream', 'DingTalk names no next page of customers')
  return { customers: values.map(customerOf), next }
}

/** What is no customer has neither id nor name: the check of rows refuses it and keeps it for the report. */
function customerOf(value: unknown): CrmCustomer {
  const { data: instance } = Instance.safeParse(value)
  if (!instance) return { customer: '', name: '', phone: '', owners: [], since: null }
  const { instanceId, data, permission, createTime } = instance
  return {
    customer: instanceId,
    name: textOf(data.customer_name),
    phone: textOf(data.customer_phone),
    owners: permission?.ownerStaffIds ?? [],
    since: /^\d{4}-\d{2}-\d{2}/.exec(createTime ?? '')?.[0] ?? null,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}
