import type { Api } from '../../adapters/wecom/api.ts'
import type { CallbackKeys } from '../../adapters/wecom/crypto.ts'
import { probeCallback } from '../../adapters/wecom/probe-callback.ts'
import { probeConnection } from '../../adapters/wecom/probe-connection.ts'
import { readDirectory } from '../../adapters/wecom/sources.ts'
import { createWecomWebhook } from '../../adapters/wecom/webhook.ts'
import { AppError, asAppError } from '../errors.ts'
import { wecomAibotPorts } from '../main/wecom-aibot-ports.ts'
import { wecomAppPorts, wecomWebhookPorts } from '../main/wecom-ports.ts'
import { wecomApi } from '../main/wecom-sources.ts'
import { peopleOn } from '../store/directory.ts'
import { type Check, type DoctorOptions, tried } from './doctor-check.ts'
import { robotCheck } from './doctor-robot.ts'
import type { CliCtx } from './run.ts'

/** How many accounts are named where some are missing. */
const NAMED = 10

/**
 * Goes through WeCom in the order an administrator sets it up. What builds on a step that failed is not tried: a
 * wrong secret repeated a few times blocks the address for an hour.
 */
export async function doctorWecom(cli: CliCtx, options: DoctorOptions): Promise<Check[]> {
  const { app, aibot, directory, customers } = cli.settings.wecom
  const checks: Check[] = []
  if (app.enabled || directory.enabled || customers.enabled) checks.push(...(await appChecks(cli, options)))
  else if (!aibot.enabled)
    checks.push({ name: words(cli).app, state: 'warning', detail: words(cli).off, mend: words(cli).switchOn })
  if (aibot.enabled)
    checks.push(await (aibot.mode === 'callback' ? aibotCallback(cli, options.url) : aibotConnection(cli)))
  if (options.robot !== undefined) checks.push(await groupRobotCheck(cli, options.robot))
  return checks
}

async function appChecks(cli: CliCtx, { to, url }: DoctorOptions): Promise<Check[]> {
  const api = wecomApi(cli)
  const text = words(cli)
  const login = await tried(text.login, async () => {
    await api.checkLogin()
    return text.loginGood
  })
  const callback = await appCallback(cli, url)
  if (login.state === 'failed') return [login, callback]
  const range = await rangeChecks(cli, api)
  if (range.some((one) => one.state === 'failed')) return [login, ...range, callback]
  return [login, ...range, callback, ...(await customerCheck(cli, api)), await messageCheck(cli, api, to)]
}

/** The first call that needs a trusted address also shows who is visible. */
async function rangeChecks(cli: CliCtx, api: Api): Promise<Check[]> {
  const text = words(cli)
  const visible = new Set<string>()
  const reached = await tried(text.address, async () => {
    for (const member of await readDirectory(api, cli.signal)) if (member.employed) visible.add(member.user)
    return text.addressGood
  })
  if (reached.state === 'failed') return [reached]
  const missing = (await peopleOn(cli, 'wecom')).filter((person) => !visible.has(person))
  const detail = text.visible(visible.size)
  if (visible.size === 0)
    return [reached, { name: text.range, state: 'failed', detail, mend: text.widen([], 0) }]
  const mend = missing.length === 0 ? '' : text.widen(missing.slice(0, NAMED), missing.length)
  return [reached, { name: text.range, state: missing.length === 0 ? 'ok' : 'warning', detail, mend }]
}

/** Asks the running service what WeCom asks when an administrator saves an address. */
async function callbackCheck(
  cli: CliCtx,
  url: string | undefined,
  { name, channel, keys }: { name: string; channel: string; keys: CallbackKeys },
): Promise<Check> {
  const text = words(cli)
  if (url === undefined) return { name, state: 'warning', detail: text.notTried, mend: text.giveUrl }
  if (!URL.canParse(url)) return { name, state: 'failed', detail: url, mend: text.giveUrl }
  const address = new URL(`/callbacks/wecom/${channel}`, url)
  const found = await probeCallback(address, keys, cli.clock)
  if (found.kind === 'good')
    return { name, state: 'ok', detail: text.answered(address.href, found.ms), mend: '' }
  const detail = `${address.href}: ${text.refused[found.kind]}`
  return { name, state: 'failed', detail, mend: text.mendCallback[found.kind] }
}

function appCallback(cli: CliCtx, url: string | undefined): Promise<Check> {
  const { token, aesKey, corpId } = wecomAppPorts(cli, null).settings
  const keys = { token, aesKey, receiveId: corpId }
  return callbackCheck(cli, url, { name: words(cli).callback, channel: 'app', keys })
}

function aibotCallback(cli: CliCtx, url: string | undefined): Promise<Check> {
  const { token = '', aesKey = '' } = cli.settings.wecom.aibot
  const keys = { token, aesKey, receiveId: '' }
  return callbackCheck(cli, url, { name: words(cli).aibot, channel: 'aibot', keys })
}

/** A running service is not pushed off its connection for this. */
async function aibotConnection(cli: CliCtx): Promise<Check> {
  const text = words(cli)
  const name = text.connection
  const ports = wecomAibotPorts(cli)
  if (ports?.settings.mode.kind !== 'connection')
    throw new AppError('bug', 'the robot has no long connection')
  const { mode } = ports.settings
  try {
    const found = await probeConnection(ports, mode, cli.signal)
    if (found.by === 'probe') return { name, state: 'ok', detail: text.connected, mend: '' }
    if (found.ok) return { name, state: 'ok', detail: text.connectedByService, mend: '' }
    return { name, state: 'failed', detail: found.detail, mend: text.mendConnection }
  } catch (thrown) {
    const error = asAppError(thrown)
    const refused = error.code === 'config'
    const mend = refused ? cli.text.wecom.connection.refused : text.mendConnection
    return { name, state: 'failed', detail: error.message, mend }
  }
}

async function customerCheck(cli: CliCtx, api: Api): Promise<Check[]> {
  if (!cli.settings.wecom.customers.enabled) return []
  const text = words(cli)
  return [await tried(text.customers, async () => text.followers((await api.followUsers()).length))]
}

async function messageCheck(cli: CliCtx, api: Api, to: string | undefined): Promise<Check> {
  const text = words(cli)
  const name = text.message
  if (to === undefined) return { name, state: 'warning', detail: text.notTried, mend: text.giveTo }
  const { kinds, unlicensed } = cli.text.wecom
  // A call that succeeds may still reach nobody.
  let mend: string | null = null
  const sent = await tried(name, async () => {
    const message = { msgtype: 'text', text: { content: text.hello } }
    const answer = await api.send(to, message, { once: false })
    if (answer.unlicensed.length > 0) mend = unlicensed
    else if (answer.unreached.length > 0) mend = kinds.recipient
    return text.sent(to)
  })
  return mend === null ? sent : { name, state: 'failed', detail: to, mend }
}

function groupRobotCheck(cli: CliCtx, robot: string): Promise<Check> {
  const ports = wecomWebhookPorts(cli, null)
  return robotCheck(cli, ports ? createWecomWebhook(ports) : null, robot, words(cli))
}

function words(cli: CliCtx) {
  return cli.text.wecom.doctor
}
