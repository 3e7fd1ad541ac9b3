import { common } from './common.ts'

export const zhCN = { common }
