import { Command, CommanderError, Option } from 'commander'
import { cliCommands } from './cli/index.ts'
import { EXIT, type GlobalOptions, runCli } from './cli/run.ts'

/** Entry of the `liuke` command line. Sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('liuke')
    .description('Liuke 留客: explained, budgeted, answerable churn alerts for WeCom and DingTalk')
    .addOption(new Option('--config <file>', 'settings (YAML)').env('LIUKE_CONFIG'))
    .option('--db <file>', 'SQLite file (created when missing)')
    .option('--json', 'print exactly one JSON document on stdout', false)
    .addOption(new Option('--locale <locale>', 'language of the output').choices(['zh-CN', 'en']))
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
  for (const register of cliCommands) {
    register(program, (work) => runCli(() => program.opts<GlobalOptions>(), work))
  }
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  }
}
