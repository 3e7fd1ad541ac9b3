import type { Register } from './run.ts'

/** `liuke migrate`: opening the database has already brought it to the newest schema. */
export const registerMigrate: Register = (program, run) => {
  program
    .command('migrate')
    .description('bring the database to the newest schema')
    .action(
      run(async (cli) => ({
        json: { database: cli.settings.database, upToDate: true },
        lines: [`${cli.settings.database}: up to date`],
      })),
    )
}
