import type { Api } from '../../adapters/dingtalk/api.ts'
import type { Quota } from '../../adapters/dingtalk/quota.ts'
import { renderCard, renderMessage } from '../../adapters/dingtalk/render.ts'
import { createDingtalkRobots } from '../../adapters/dingtalk/robot.ts'
import { createAccept } from '../chat/accept.ts'
import { createCallers } from '../chat/callers.ts'
import { AppError, asAppError } from '../errors.ts'
import { dingtalkPorts } from '../main/dingtalk-ports.ts'
import { dingtalkQuota } from '../main/dingtalk-quota.ts'
import { dingtalkRobotPorts } from '../main/dingtalk-robot-ports.ts'
import { dingtalkApi, dingtalkCustomers, dingtalkMembers } from '../main/dingtalk-sources.ts'
import type { Card } from '../model/card.ts'
import type { CallUsage } from '../model/chat.ts'
import { peopleOn } from '../store/directory.ts'
import { type Check, type DoctorOptions, tried } from './doctor-check.ts'
import { robotCheck as groupCheck } from './doctor-robot.ts'
import type { CliCtx } from './run.ts'

/** How many accounts are named where some are missing. */
const NAMED = 10
/** From this share of the month's calls on an administrator should act. */
const NEARLY_ALL = 0.9

/**
 * Goes through DingTalk in the order an administrator sets it up. Costs two counted calls and one connection, one call
 * more for the CRM and one for the test message. What builds on a step that failed is not tried.
 */
export async function doctorDingtalk(cli: CliCtx, { to, robot }: DoctorOptions): Promise<Check[]> {
  const { enabled, directory, customers, webhook } = cli.settings.dingtalk
  const text = words(cli)
  const checks: Check[] = []
  if (enabled || directory.enabled || customers.enabled) checks.push(...(await walk(cli, to)))
  else if (!webhook.enabled)
    checks.push({ name: text.app, state: 'warning', detail: text.off, mend: text.switchOn })
  if (robot !== undefined) checks.push(await groupRobotCheck(cli, robot))
  return checks
}

async function walk(cli: CliCtx, to: string | undefined): Promise<Check[]> {
  const { enabled, directory, customers } = cli.settings.dingtalk
  const text = words(cli)
  const { api, quota } = dingtalkApi(cli)
  const checks = [await tried(text.login, async () => api.checkLogin().then(() => text.loginGood))]
  if (checks[0]?.state === 'ok') {
    if (directory.enabled) checks.push(await rangeCheck(cli, api))
    if (customers.enabled) checks.push(await customersCheck(cli, api))
    if (enabled) checks.push(...(await appChecks(cli, { api, quota }, to)))
  }
  await quota.settled()
  return [...checks, quotaCheck(cli, await quota.usage())]
}

async function appChecks(
  cli: CliCtx,
  { api, quota }: { api: Api; quota: Quota },
  to: string | undefined,
): Promise<Check[]> {
  const robot = await robotCheck(cli, api)
  const stream = await streamCheck(cli, quota)
  if (robot.state === 'failed') return [robot, stream]
  return [robot, await cardCheck(cli, api), stream, await messageCheck(cli, api, to)]
}

async function groupRobotCheck(cli: CliCtx, robot: string): Promise<Check> {
  const quota = dingtalkQuota(cli)
  const ports = dingtalkRobotPorts(cli, () => quota.spend('stream'))
  const check = await groupCheck(cli, ports ? createDingtalkRobots(ports) : null, robot, words(cli))
  await quota.settled()
  return check
}

/** Takes back a message that never was: permission and robotCode are checked, and nobody sees anything. */
function robotCheck(cli: CliCtx, api: Api): Promise<Check> {
  const text = words(cli)
  return permitted(cli, text.robot, text.robotGood, () =>
    api.recall({ kind: 'dm', id: '' }, 'liuke-doctor-no-such-message'),
  )
}

/** Changes a card that never was. */
async function cardCheck(cli: CliCtx, api: Api): Promise<Check> {
  const text = words(cli)
  if (cli.settings.dingtalk.templateId === null)
    return { name: text.card, state: 'warning', detail: text.noTemplate, mend: text.giveTemplate }
  return permitted(cli, text.card, text.cardGood, () =>
    api.updateCard('liuke-doctor-no-such-card', { title: text.hello }),
  )
}

/** A call that is refused only for what it names was allowed. */
function permitted(cli: CliCtx, name: string, good: string, call: () => Promise<void>): Promise<Check> {
  return asked(cli, name, async () => {
    try {
      await call()
    } catch (error) {
      const { code, data } = asAppError(error)
      if (code !== 'conflict' && data.kind !== 'payload') throw error
    }
    return good
  })
}

async function rangeCheck(cli: CliCtx, api: Api): Promise<Check> {
  const text = words(cli)
  const visible = new Set<string>()
  const read = await asked(cli, text.range, async () => {
    for (const { user } of await dingtalkMembers(cli, api, cli.signal)) visible.add(user)
    return text.visible(visible.size)
  })
  if (read.state === 'failed') return read
  if (visible.size === 0) return { ...read, state: 'failed', mend: text.widen([], 0) }
  const missing = (await peopleOn(cli, 'dingtalk')).filter((person) => !visible.has(person))
  if (missing.length === 0) return read
  return { ...read, state: 'warning', mend: text.widen(missing.slice(0, NAMED), missing.length) }
}

/** Reads the first page and keeps nothing. */
function customersCheck(cli: CliCtx, api: Api): Promise<Check> {
  const text = words(cli)
  return asked(cli, text.customers, async () =>
    text.readable((await dingtalkCustomers(cli, api, null)).customers.length),
  )
}

/**
 * Opens a connection as one more process of the service would. What arrives on it is stored for the service, so that
 * nothing is lost while both are connected.
 */
async function streamCheck(cli: CliCtx, quota: Quota): Promise<Check> {
  const text = words(cli)
  const { createDingtalk } = await import('../../adapters/dingtalk/app.ts')
  const adapter = createDingtalk(dingtalkPorts(cli, quota, null))
  try {
    await adapter.start(createAccept(cli, createCallers(), () => undefined))
    const { ok, detail } = adapter.health()
    if (ok) return { name: text.stream, state: 'ok', detail: text.streamGood, mend: '' }
    return { name: text.stream, state: 'failed', detail, mend: text.openStream }
  } finally {
    await adapter.stop()
  }
}

function quotaCheck(cli: CliCtx, usage: readonly CallUsage[]): Check {
  const text = words(cli)
  const of = (kind: CallUsage['kind']): CallUsage =>
    usage.find((one) => one.kind === kind) ?? { month: '', kind, used: 0, limit: 0 }
  const [api, stream] = [of('api'), of('stream')]
  const detail = text.used(api.used, api.limit, stream.used, stream.limit)
  const share = Math.max(...usage.map(({ used, limit }) => used / limit))
  if (share < NEARLY_ALL) return { name: text.quota, state: 'ok', detail, mend: '' }
  return { name: text.quota, state: share < 1 ? 'warning' : 'failed', detail, mend: text.buy }
}

async function messageCheck(cli: CliCtx, api: Api, to: string | undefined): Promise<Check> {
  const text = words(cli)
  if (to === undefined)
    return { name: text.message, state: 'warning', detail: text.notTried, mend: text.giveTo }
  return asked(cli, text.message, async () => {
    await sendHello(cli, api, to)
    return text.sent(to)
  })
}

/** With a template as a card, as the service does; a refused template is told here and not hidden behind text. */
async function sendHello(cli: CliCtx, api: Api, to: string): Promise<void> {
  const { templateId } = cli.settings.dingtalk
  const { hello } = words(cli)
  const card: Card = { summary: hello, title: hello }
  if (templateId !== null) {
    const { params, summary } = renderCard(card, '0', '')
    const track = `liuke-doctor-${cli.clock.now()}`
    await api.createCard({ kind: 'dm', id: to }, { track, templateId, params, summary })
    return
  }
  const { invalid, slowed } = await api.sendToMany([to], renderMessage(card, '', null).message)
  const unreached = [...invalid, ...slowed]
  if (unreached.length > 0)
    throw new AppError('not-found', `DingTalk does not reach ${to}`, {
      say: cli.text.dingtalk.kinds.recipient,
    })
}

/** As `tried`; a missing permission is named as the console lists it. */
async function asked(cli: CliCtx, name: string, work: () => Promise<string>): Promise<Check> {
  const { permissions, apply } = words(cli)
  let scopes: readonly string[] = []
  const check = await tried(name, async () => {
    try {
      return await work()
    } catch (error) {
      const { data } = asAppError(error)
      if (Array.isArray(data.scopes)) scopes = data.scopes.map(String)
      throw error
    }
  })
  if (scopes.length === 0) return check
  return {
    ...check,
    mend: apply(scopes.map((scope) => (permissions[scope] ? `${permissions[scope]} (${scope})` : scope))),
  }
}

function words(cli: CliCtx) {
  return cli.text.dingtalk.doctor
}
