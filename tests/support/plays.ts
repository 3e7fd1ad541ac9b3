import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import type { PlayFile } from '../../src/retention/plays/book-schema.ts'

const FILE = new URL('../../config/plays.yaml', import.meta.url)

/** The shipped book of plays after a change to it, as YAML. */
export function editedBook(change: (file: PlayFile) => void): string {
  const file: PlayFile = parse(readFileSync(FILE, 'utf8'))
  change(file)
  return stringify(file)
}
