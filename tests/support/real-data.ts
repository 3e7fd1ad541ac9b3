import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

/** Path of a public data file, or null when `LIUKE_DATA_DIR` is not set or lacks it. */
export function realData(file: string): string | null {
  const folder = process.env.LIUKE_DATA_DIR
  if (!folder) return null
  const path = join(folder, file)
  return existsSync(path) ? path : null
}

/** Path of a public data file that must be there (inside `describeRealData`). */
export function requireRealData(file: string): string {
  const path = realData(file)
  if (path === null) throw new Error(`LIUKE_DATA_DIR does not name a folder with ${file}`)
  return path
}

/** A suite on the public data sets: skipped with a word without them, failing without them in CI. */
export function describeRealData(title: string, body: () => void): void {
  const absent = !process.env.LIUKE_DATA_DIR
  const said = absent
    ? `${title} (skipped: LIUKE_DATA_DIR does not name the folder of public data sets)`
    : title
  describe.skipIf(absent && !process.env.CI)(said, body)
}
