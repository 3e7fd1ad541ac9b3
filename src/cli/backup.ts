import { resolve } from 'node:path'
import { AppError } from '../errors.ts'
import type { Register } from './run.ts'

/** `liuke backup FILE`: a consistent copy while the service runs. */
export const registerBackup: Register = (program, run) => {
  program
    .command('backup')
    .argument('<file>', 'where the copy goes')
    .description('copy the live database into a file')
    .action(
      run(async (cli, file: string) => {
        if (resolve(file) === resolve(cli.settings.database)) throw wrong(file, 'that is the database itself')
        await cli.database.backup(file).catch((cause: unknown) => {
          throw wrong(file, cause instanceof Error ? cause.message : String(cause), cause)
        })
        return { json: { file }, lines: [`${cli.settings.database} → ${file}`] }
      }),
    )
}

function wrong(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('bad-input', 'no backup was made', { say: `No backup in ${file}: ${reason}`, cause })
}
