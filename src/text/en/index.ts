import type { Text } from '../index.ts'
import { backtest } from './backtest.ts'
import { board } from './board.ts'
import { cards } from './cards.ts'
import { charts } from './charts.ts'
import { chat } from './chat.ts'
import { commands } from './commands.ts'
import { common } from './common.ts'
import { dingtalk } from './dingtalk.ts'
import { effect } from './effect.ts'
import { facts } from './facts.ts'
import { fit } from './fit.ts'
import { followUp } from './follow-up.ts'
import { handOver } from './hand-over.ts'
import { holdout } from './holdout.ts'
import { http } from './http.ts'
import { login } from './login.ts'
import { model } from './model.ts'
import { noise } from './noise.ts'
import { plays } from './plays.ts'
import { preview } from './preview.ts'
import { push } from './push.ts'
import { scoring } from './scoring.ts'
import { sla } from './sla.ts'
import { stats } from './stats.ts'
import { sync } from './sync.ts'
import { understand } from './understand.ts'
import { voices } from './voices.ts'
import { wecom } from './wecom.ts'
import { wecomContact } from './wecom-contact.ts'

export const en: Text = {
  backtest,
  board,
  cards,
  charts,
  chat,
  commands,
  common,
  dingtalk,
  effect,
  facts,
  fit,
  followUp,
  handOver,
  holdout,
  http,
  login,
  model,
  noise,
  plays,
  preview,
  push,
  scoring,
  sla,
  stats,
  sync,
  understand,
  voices,
  wecom,
  wecomContact,
}
