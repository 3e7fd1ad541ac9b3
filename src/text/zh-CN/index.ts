import { cards } from './cards.ts'
import { common } from './common.ts'

export const zhCN = { cards, common }
