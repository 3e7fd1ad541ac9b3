import type { Register } from './run.ts'

/** `liuke backup FILE`: a consistent copy while the service runs. */
export const registerBackup: Register = (program, run) => {
  program
    .command('backup')
    .argument('<file>', 'where the copy goes')
    .description('copy the live database into a file')
    .action(
      run(async (cli, file: string) => {
        await cli.database.backup(file)
        return { json: { file }, lines: [`${cli.settings.database} → ${file}`] }
      }),
    )
}
