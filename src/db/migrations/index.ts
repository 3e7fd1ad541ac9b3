import type { ColumnTypes } from '../columns.ts'
import { first } from './0001-first.ts'
import { brain } from './0002-brain.ts'
import { learningParts } from './0003-learning-parts.ts'
import { nextOrders } from './0004-next-orders.ts'
import { settingsVersions } from './0005-settings-versions.ts'
import { experiments } from './0006-experiments.ts'
import { wecomContacts } from './0007-wecom-contacts.ts'
import { handOver } from './0009-hand-over.ts'
import { followUpReading } from './0010-follow-up-reading.ts'
import { caseSla } from './0011-case-sla.ts'
import { noise } from './0013-noise.ts'
import { voices } from './0014-voices.ts'
import { plays } from './0015-plays.ts'
import { deliveries } from './0017-deliveries.ts'

/** Every migration in order. The name is stored in the database and never changes. */
export const migrations: readonly { name: string; statements: (types: ColumnTypes) => string[] }[] = [
  { name: '0001-first', statements: first },
  { name: '0002-brain', statements: brain },
  { name: '0003-learning-parts', statements: learningParts },
  { name: '0004-next-orders', statements: nextOrders },
  { name: '0005-settings-versions', statements: settingsVersions },
  { name: '0006-experiments', statements: experiments },
  { name: '0007-wecom-contacts', statements: wecomContacts },
  { name: '0009-hand-over', statements: handOver },
  { name: '0010-follow-up-reading', statements: followUpReading },
  { name: '0011-case-sla', statements: caseSla },
  { name: '0013-noise', statements: noise },
  { name: '0014-voices', statements: voices },
  { name: '0015-plays', statements: plays },
  { name: '0017-deliveries', statements: deliveries },
]
