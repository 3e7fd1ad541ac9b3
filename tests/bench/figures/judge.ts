import { runCli } from '../../support/spawn-cli.ts'
import type { Answer } from './answer.ts'
import { SETS, type SetName } from './plan.ts'

/** Imports a set into a new database; rows that are no orders (cancellations) are rejected. */
export async function importSet(name: SetName, folder: string, db: string): Promise<void> {
  const { file, columns } = SETS[name]
  const maps = columns.flatMap((one) => ['--map', one])
  const args = ['import', `${folder}/${file}`, '--as', 'events', '--set', 'kind=order', ...maps, '--db', db]
  const { code, stderr } = await runCli(args)
  if (code !== 0 && code !== 3) throw new Error(`${file} was not imported: ${stderr}`)
}

/** One back-test as the program tells it. */
export async function judgeSet(db: string, horizon: number, options: readonly string[]): Promise<Answer> {
  const args = ['backtest', '--db', db, '--json', '--horizon', String(horizon), ...options]
  const { code, stdout, stderr } = await runCli(args)
  if (code !== 0) throw new Error(`the back-test ended with ${code}: ${stderr}`)
  const answer: Answer = JSON.parse(stdout)
  return answer
}
