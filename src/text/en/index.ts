import type { Text } from '../index.ts'
import { common } from './common.ts'

export const en: Text = { common }
