import { AppError } from '../errors.ts'
import type { TableRows } from './table.ts'

export async function* readXlsx(file: string, sheet: string | null): TableRows {
  yield []
  throw new AppError('bad-input', `${file} ${sheet}`)
}
