import type { Text } from '../index.ts'
import { cards } from './cards.ts'
import { common } from './common.ts'
import { http } from './http.ts'

export const en: Text = { cards, common, http }
