import { cards } from './cards.ts'
import { common } from './common.ts'
import { facts } from './facts.ts'
import { http } from './http.ts'
import { scoring } from './scoring.ts'

export const zhCN = { cards, common, facts, http, scoring }
