import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Argument } from 'commander'
import { calendarFor } from '../calendar.ts'
import { fontProblem } from '../charts/font-problem.ts'
import { databaseProblems } from '../db/check.ts'
import { asAppError } from '../errors.ts'
import { dayFromParts, isoFromDay, partsOfDay } from '../model/day.ts'
import { draftSettings } from '../scoring/preview/draft-settings.ts'
import { activeSettings } from '../store/settings-versions.ts'
import { type Check, type DoctorOptions, resultOf } from './doctor-check.ts'
import { doctorDingtalk } from './doctor-dingtalk.ts'
import { languageModelCheck } from './doctor-language-model.ts'
import { doctorWecom } from './doctor-wecom.ts'
import type { CliCtx, Register } from './run.ts'

/** What `liuke doctor` looks at, in order. Settings and migrations were checked by getting this far. */
const CHECKS: readonly ((cli: CliCtx) => Check | Promise<Check>)[] = [
  settingsCheck,
  savedSettingsCheck,
  databaseCheck,
  backupCheck,
  clockCheck,
  calendarCheck,
  fontsCheck,
  platformCheck,
]

/** Earlier than any release of Liuke: the machine's clock is wrong. */
const EARLIEST_SANE_DAY = dayFromParts(2026, 1, 1) ?? 0

/** The platforms that `liuke doctor PLATFORM` walks through from the credentials to a test message. */
const PLATFORMS: Readonly<Record<string, (cli: CliCtx, options: DoctorOptions) => Promise<Check[]>>> = {
  wecom: doctorWecom,
  dingtalk: doctorDingtalk,
}

/** `liuke doctor [PLATFORM]`: is everything there that the service needs, and if not, what to do. */
export const registerDoctor: Register = (program, run) => {
  program
    .command('doctor')
    .description('check settings, database, clock, calendar, fonts and platforms; say how to mend each')
    .addArgument(new Argument('[platform]', 'go through one chat platform').choices(Object.keys(PLATFORMS)))
    .option('--to <account>', 'send a test message to this member of the platform')
    .option('--robot <name>', 'send a test message through this group robot')
    .option('--url <address>', 'where the platform reaches Liuke: https://liuke.example.com')
    .action(
      run(async (cli, platform: string | undefined, options: DoctorOptions) => {
        const walk = platform === undefined ? undefined : PLATFORMS[platform]
        return resultOf(walk ? await walk(cli, options) : await generalChecks(cli))
      }),
    )
}

async function generalChecks(cli: CliCtx): Promise<Check[]> {
  const checks: Check[] = []
  for (const check of CHECKS) checks.push(await check(cli))
  return [...checks, ...(await languageModelCheck(cli))]
}

function settingsCheck(cli: CliCtx): Check {
  const { zone, workHours } = cli.settings.business
  const hours = workHours.map(({ from, to }) => `${from}-${to}`).join(', ')
  return { name: 'settings', state: 'ok', detail: `valid; work hours ${hours} in ${zone}`, mend: '' }
}

/** Settings saved in chat replace those of the file: whoever reads the file should know. */
async function savedSettingsCheck(cli: CliCtx): Promise<Check> {
  const name = 'saved settings'
  const active = await activeSettings(cli)
  if (!active) return { name, state: 'ok', detail: 'none: the settings of the file are in force', mend: '' }
  const sets = Object.entries(active.sets).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
  const detail = `version ${active.id} is in force over the file: ${sets.join(', ')}`
  try {
    draftSettings(cli.settings, active.sets)
    return { name, state: 'ok', detail, mend: '' }
  } catch (error) {
    const problem = (asAppError(error).say ?? '').replaceAll('\n', '; ')
    const mend = `they do not fit the file and are left aside (${problem}): change the file, or send 试算 in chat and press 恢复上一版`
    return { name, state: 'failed', detail, mend }
  }
}

async function databaseCheck(cli: CliCtx): Promise<Check> {
  const problems = await databaseProblems(cli.db)
  const { database } = cli.settings
  if (problems.length === 0)
    return { name: 'database', state: 'ok', detail: `${database} is sound`, mend: '' }
  const mend = 'stop the service and restore the newest backup (liuke backup FILE makes them)'
  return { name: 'database', state: 'failed', detail: problems.join('; '), mend }
}

function backupCheck(cli: CliCtx): Check {
  const folder = dirname(cli.settings.database)
  try {
    if (existsSync(folder)) accessSync(folder, constants.W_OK)
    return { name: 'folder', state: 'ok', detail: `${folder} can be written`, mend: '' }
  } catch {
    const mend = `give the account that runs Liuke write access to ${folder}`
    return { name: 'folder', state: 'failed', detail: `${folder} cannot be written`, mend }
  }
}

function clockCheck(cli: CliCtx): Check {
  const today = calendarFor(cli.settings).dayOf(cli.clock.now())
  const detail = `today is ${isoFromDay(today)} in ${cli.settings.business.zone}`
  if (today >= EARLIEST_SANE_DAY) return { name: 'clock', state: 'ok', detail, mend: '' }
  return { name: 'clock', state: 'failed', detail, mend: 'set the clock of this machine (NTP)' }
}

/** The public holidays of a year are announced late in the year before: without them only weekends are known. */
function calendarCheck(cli: CliCtx): Check {
  const calendar = calendarFor(cli.settings)
  const { year } = partsOfDay(calendar.dayOf(cli.clock.now()))
  const known = [year, year + 1].filter((each) => {
    const nationalDay = dayFromParts(each, 10, 1)
    return nationalDay !== null && calendar.holidayName(nationalDay) !== null
  })
  const detail = `public holidays and 调休 known for ${known.join(', ') || 'no year'}`
  if (known.includes(year + 1)) return { name: 'calendar', state: 'ok', detail, mend: '' }
  return {
    name: 'calendar',
    state: known.includes(year) ? 'warning' : 'failed',
    detail,
    mend: `when ${year + 1} is announced: npm update chinese-days, or list the days in business.holidays and business.workdays`,
  }
}

/** Charts on cards are drawn with the font that comes with Liuke: does it draw Chinese on this machine? */
async function fontsCheck(): Promise<Check> {
  const problem = await fontProblem()
  if (problem === null) {
    return { name: 'fonts', state: 'ok', detail: 'Chinese characters can be drawn', mend: '' }
  }
  const mend = 'run npm ci again, optional packages included; until then cards come without their charts'
  return { name: 'fonts', state: 'warning', detail: problem, mend }
}

function platformCheck(cli: CliCtx): Check {
  const { playground, wecom, dingtalk } = cli.settings
  const enabled = [
    ...(playground.enabled ? ['playground'] : []),
    ...(wecom.app.enabled ? ['WeCom app'] : []),
    ...(dingtalk.enabled ? ['DingTalk'] : []),
  ]
  if (enabled.length > 0) {
    return { name: 'platforms', state: 'ok', detail: enabled.join(', '), mend: '' }
  }
  const mend = 'set playground.enabled: true to try Liuke in a browser'
  return { name: 'platforms', state: 'warning', detail: 'no chat platform is enabled', mend }
}
