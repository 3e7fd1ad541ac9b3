import type { Text } from '../index.ts'
import { cards } from './cards.ts'
import { common } from './common.ts'

export const en: Text = { cards, common }
