import type { Signal } from '../signal.ts'
import { activityDrop } from './activity-drop.ts'
import { cancel } from './cancel.ts'
import { complaint } from './complaint.ts'
import { compositeSilence } from './composite-silence.ts'
import { contactChange } from './contact-change.ts'
import { contactDeleted } from './contact-deleted.ts'
import { negativeWords } from './negative-words.ts'
import { nps } from './nps.ts'
import { overdue } from './overdue.ts'
import { renewal } from './renewal.ts'
import { shrinkingOrders } from './shrinking-orders.ts'
import { silence } from './silence.ts'

/** Every signal, in the order in which equal points are shown. */
export const signals: readonly Signal[] = [
  cancel,
  contactDeleted,
  complaint,
  overdue,
  renewal,
  contactChange,
  compositeSilence,
  silence,
  activityDrop,
  shrinkingOrders,
  nps,
  negativeWords,
]
