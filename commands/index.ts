import type { AnyCommand } from '../src/chat/command.ts'
import { amend } from './amend.ts'
import { answerGrumble } from './answer-grumble.ts'
import { bind } from './bind.ts'
import { brief } from './brief.ts'
import { churn } from './churn.ts'
import { cleanUpCommand } from './clean-up.ts'
import { closeCase } from './close-case.ts'
import { competitors } from './competitors.ts'
import { contactChange } from './contact-change.ts'
import { contacted } from './contacted.ts'
import { customer } from './customer.ts'
import { draft } from './draft.ts'
import { effect } from './effect.ts'
import { falseAlarm } from './false-alarm.ts'
import { feedback } from './feedback.ts'
import { feedbackList } from './feedback-list.ts'
import { followUp } from './follow-up.ts'
import { followUpRateCommand } from './follow-up-rate.ts'
import { goLive } from './go-live.ts'
import { groupDip } from './group-dip.ts'
import { grumble } from './grumble.ts'
import { handOver } from './hand-over.ts'
import { helpCommand } from './help.ts'
import { holdout } from './holdout.ts'
import { leave } from './leave.ts'
import { list } from './list.ts'
import { lost } from './lost.ts'
import { mine } from './mine.ts'
import { nextDate } from './next-date.ts'
import { play } from './play.ts'
import { preferences } from './preferences.ts'
import { preview } from './preview.ts'
import { reasons } from './reasons.ts'
import { remind } from './remind.ts'
import { signals } from './signals.ts'
import { snooze } from './snooze.ts'
import { tier } from './tier.ts'
import { transfer } from './transfer.ts'
import { undo } from './undo.ts'
import { wechat } from './wechat.ts'
import { why } from './why.ts'
import { won } from './won.ts'
import { wrongItem } from './wrong-item.ts'

/** Every command in help order; those that only buttons run stand last. */
export const commands: readonly AnyCommand[] = [
  mine,
  followUp,
  customer,
  why,
  tier,
  play,
  brief,
  draft,
  won,
  lost,
  cleanUpCommand,
  list,
  churn,
  effect,
  followUpRateCommand,
  reasons,
  wechat,
  transfer,
  leave,
  amend,
  contactChange,
  feedback,
  grumble,
  preferences,
  undo,
  helpCommand(() => commands),
  feedbackList,
  answerGrumble,
  handOver,
  bind,
  preview,
  holdout,
  goLive,
  competitors,
  signals,
  contacted,
  snooze,
  falseAlarm,
  nextDate,
  remind,
  closeCase,
  groupDip,
  wrongItem,
]
