import { cleanUpJob } from './clean-up.ts'
import { deadLettersJob } from './dead-letters.ts'
import { digest } from './digest.ts'
import { eventsLane } from './events-lane.ts'
import { handOverJob } from './hand-over.ts'
import { housekeeping } from './housekeeping.ts'
import type { Job } from './job.ts'
import { overdue } from './overdue.ts'
import { previewAsked } from './preview-asked.ts'
import { proposeAskedJob, proposeScorerJob } from './propose-scorer.ts'
import { score } from './score.ts'
import { syncSources } from './sync-sources.ts'
import { watchDrift } from './watch-drift.ts'
import { watchFolders } from './watch-folders.ts'
import { weeklyFigures } from './weekly-figures.ts'

/** Every job. Where slots fall on the same moment, the earlier in this list runs first. */
export const jobs: readonly Job[] = [
  syncSources,
  watchFolders,
  score,
  handOverJob,
  digest,
  overdue,
  cleanUpJob,
  weeklyFigures,
  eventsLane,
  deadLettersJob,
  housekeeping,
  previewAsked,
  proposeScorerJob,
  proposeAskedJob,
  watchDrift,
]
