import { cards } from './cards.ts'
import { common } from './common.ts'
import { http } from './http.ts'

export const zhCN = { cards, common, http }
