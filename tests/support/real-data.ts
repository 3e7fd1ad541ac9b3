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

/** A suite on the public data sets: skipped without them, failing without them in CI. */
export function describeRealData(title: string, body: () => void): void {
  const present = Boolean(process.env.LIUKE_DATA_DIR)
  if (present || process.env.CI) describe(title, body)
  else describe.skip(`${title} (skipped: LIUKE_DATA_DIR does not name the folder of public data sets)`, body)
}
