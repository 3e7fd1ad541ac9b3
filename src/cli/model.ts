import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { AppError } from '../errors.ts'
import { propose } from '../jobs/propose.ts'
import { everyTenth } from '../scoring/learn/train.ts'
import { type Decision, decide } from '../scoring/propose/decide.ts'
import { versionById } from '../store/scorer-versions.ts'
import { knownDay } from './as-of.ts'
import { modelJson, modelLines } from './model-lines.ts'
import { oldDataAt } from './old-data.ts'
import type { CliCtx, CliResult, Register, Runner } from './run.ts'

/** `liuke model`: which scorer is in use, what was proposed, and the decision about it. */
export const registerModel: Register = (program, run) => {
  const model = program
    .command('model')
    .description('the scorer in use, its versions and their back-tests')
    .action(run((cli) => show(cli)))
  model
    .command('train')
    .description('evaluate all scorers on the own history and propose what beats the rules; changes no score')
    .option('--as-of <date>', 'facts up to and including this day; yesterday by default')
    .action(run((cli, options: { readonly asOf?: string }) => train(cli, options.asOf)))
  decision(model, run, 'accept', 'use a version from the next scoring run on')
  decision(model, run, 'refuse', 'do not use a proposed version')
  model
    .command('rules')
    .description('back to the rules from the next scoring run on')
    .action(run((cli) => carryOut(cli, { kind: 'rules' }, cli.text.model.cli.done.rules)))
}

function decision(model: Command, run: Runner, kind: 'accept' | 'refuse', description: string): void {
  model
    .command(kind)
    .description(description)
    .argument('<id>', 'number of the version', versionNumber)
    .action(
      run(async (cli, version: number) => {
        const found = await versionById(cli, version)
        const { model: words } = cli.text
        if (!found)
          throw new AppError('bad-input', 'no such version', { say: words.noVersion(String(version)) })
        if (kind === 'accept' && found.params === null)
          throw new AppError('conflict', 'the version has no model', { say: words.noModel(version) })
        return carryOut(cli, { kind, version }, words.cli.done[kind](version))
      }),
    )
}

function versionNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected the number of a version, as `liuke model` lists them.')
}

async function show(cli: CliCtx): Promise<CliResult> {
  return { json: await modelJson(cli), lines: await modelLines(cli) }
}

async function carryOut(cli: CliCtx, decision: Decision, done: string): Promise<CliResult> {
  const changed = await decide(cli, decision, null)
  return {
    json: { changed, ...(await modelJson(cli)) },
    lines: [changed ? done : cli.text.model.cli.unchanged],
  }
}

async function train(cli: CliCtx, asOf: string | undefined): Promise<CliResult> {
  const day = knownDay(cli, asOf)
  try {
    await propose(cli, {
      asOf: day,
      due: 'asked',
      signal: cli.signal,
      progress: everyTenth((percent) => cli.log.info({ percent }, 'evaluating the scorers')),
    })
  } catch (error) {
    if (!cli.signal.aborted) throw error
    throw new AppError('busy', 'the training was stopped', { say: cli.text.model.cli.stopped, cause: error })
  }
  const { json, lines } = await show(cli)
  return { json, lines: [...(await oldDataAt(cli, day)), ...lines] }
}
