import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answer } from './answer.ts'
import { importSet, judgeSet } from './judge.ts'
import { LONG_SLICES, POPULATIONS, SETS, type SetName, SLICES, type Slice } from './plan.ts'
import { populationTable, slicesTable, withSection } from './render.ts'
import { seasonsTable } from './seasons.ts'

/**
 * Makes every table of docs/scoring.md anew from the public sets in LIUKE_DATA_DIR. `npm run figures` makes all,
 * `npm run figures -- SECTION …` only those named.
 */
const DOCUMENT = fileURLToPath(new URL('../../../docs/scoring.md', import.meta.url))

const data = process.env.LIUKE_DATA_DIR
if (!data) throw new Error('LIUKE_DATA_DIR must name the folder of the public data sets')
const wanted = process.argv.slice(2)
const temporary = await mkdtemp(join(tmpdir(), 'liuke-figures-'))
const imported = new Map<SetName, string>()

try {
  for (const { section, set, horizon, options } of POPULATIONS)
    await make(section, async () => populationTable(await judgeSet(await database(set), horizon, options)))
  await make('slices', async () => slicesTable(await judgeSlices(SLICES)))
  await make('seasons', seasonsTable)
  await make('long-slices', async () => slicesTable(await judgeSlices(LONG_SLICES)))
} finally {
  await rm(temporary, { recursive: true })
}

async function make(section: string, table: () => Promise<string>): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(section)) return
  const text = await table()
  await writeFile(DOCUMENT, withSection(await readFile(DOCUMENT, 'utf8'), section, text))
  process.stdout.write(`${section}\n${text}\n\n`)
}

async function judgeSlices(slices: readonly Slice[]): Promise<{ slice: Slice; answer: Answer }[]> {
  const judged: { slice: Slice; answer: Answer }[] = []
  for (const slice of slices) {
    const answer = await judgeSet(await database(slice.set), slice.horizon, ['--test-as-of', slice.asOf])
    judged.push({ slice, answer })
    process.stdout.write(`${SETS[slice.set].title} ${slice.asOf} ${slice.horizon}\n`)
  }
  return judged
}

/** The database of a set, imported once. */
async function database(set: SetName): Promise<string> {
  const known = imported.get(set)
  if (known) return known
  const db = join(temporary, `${set}.db`)
  await importSet(set, data ?? '', db)
  imported.set(set, db)
  return db
}
