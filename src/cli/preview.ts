import { InvalidArgumentError } from 'commander'
import { calendarFor } from '../calendar.ts'
import { changeLine, exampleLine, fieldLines, loadLines } from '../cards/preview-lines.ts'
import { AppError } from '../errors.ts'
import { isoFromDay } from '../model/day.ts'
import type { Preview, SettingSets } from '../model/preview.ts'
import { everyTenth } from '../scoring/learn/train.ts'
import { parseSet } from '../scoring/preview/draft-settings.ts'
import { previewSettings } from '../scoring/preview/preview-settings.ts'
import { activeSettings } from '../store/settings-versions.ts'
import type { Text } from '../text/index.ts'
import { asOfDay } from './as-of.ts'
import type { CliCtx, CliResult, Register } from './run.ts'

interface Options {
  readonly set: readonly string[]
  readonly asOf?: string
  readonly weeks: number
  readonly show: boolean
}

const MOST_WEEKS = 104

/** `liuke preview`: what a draft of the scoring settings would change, over the facts and over past weeks. */
export const registerPreview: Register = (program, run) => {
  program
    .command('preview')
    .description('what a change of the scoring settings would do, before it is made; writes nothing')
    .option(
      '--set <name=value>',
      'a setting to try, e.g. scoring.bands.high=0.7; may be given again',
      collect,
      [],
    )
    .option('--as-of <date>', 'facts up to and including this day; the day of the last run by default')
    .option('--weeks <n>', 'past weeks to go through with both settings', weeksNumber, 12)
    .option('--show', 'the changes saved in chat over the settings of the file', false)
    .action(run((cli, options: Options) => (options.show ? show(cli) : preview(cli, options))))
}

async function show(cli: CliCtx): Promise<CliResult> {
  const words = cli.text.preview.cli
  const active = await activeSettings(cli)
  if (!active) return { json: null, lines: [words.noOverride] }
  const savedOn = isoFromDay(calendarFor(cli.settings).dayOf(active.decidedAt ?? active.createdAt))
  const sets = Object.entries(active.sets).map(([path, value]) => `  ${path} = ${JSON.stringify(value)}`)
  return {
    json: { version: active.id, savedOn, sets: active.sets },
    lines: [words.override(active.id, savedOn), ...sets],
  }
}

async function preview(cli: CliCtx, options: Options): Promise<CliResult> {
  const sets: SettingSets = Object.assign({}, ...options.set.map(parseSet))
  if (options.set.length === 0) {
    throw new AppError('bad-input', 'no change given', { say: cli.text.preview.cli.nothingGiven })
  }
  const found = await previewSettings(cli, sets, {
    weeks: options.weeks,
    asOf: options.asOf === undefined ? undefined : asOfDay(cli, options.asOf),
    signal: cli.signal,
    progress: everyTenth((percent) => cli.log.info({ percent }, 'scoring by the draft')),
  })
  return { json: { ...found, asOf: isoFromDay(found.asOf) }, lines: linesOf(found, cli.text) }
}

function linesOf(found: Preview, text: Text): string[] {
  const words = text.preview
  const { before, after } = found.churned
  return [
    words.title(found.affected),
    ...(found.changes.length > 0 ? found.changes.map((one) => changeLine(one, text)) : [words.nothing]),
    ...fieldLines(found, text),
    words.lost(before, after),
    ...loadLines(found, text),
    ...(found.examples.length > 0
      ? [words.examples, ...found.examples.map((one) => `  ${exampleLine(one, text)}`)]
      : []),
    `${words.asOf(isoFromDay(found.asOf))} · ${words.cli.notSaved}`,
  ]
}

function collect(line: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, line]
}

function weeksNumber(text: string): number {
  const weeks = Number(text)
  if (/^\d+$/.test(text) && weeks <= MOST_WEEKS) return weeks
  throw new InvalidArgumentError(`Expected a number of weeks from 0 to ${MOST_WEEKS}.`)
}
