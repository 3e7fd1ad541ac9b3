import { z } from 'zod'
import { Holdout } from './settings-holdout.ts'
import { Scripts } from './settings-scripts.ts'

/** How customers change hands, and what happens to work that is late. */
export const Retention = z
  .strictObject({
    assign: z
      .boolean()
      .default(false)
      .describe(
        'Every morning give customers at risk that nobody owns to a rep, by region and then by load; off: the administrator is told of them',
      ),
    ladder: z
      .strictObject({
        leadAfterWorkdays: z
          .number()
          .int()
          .min(1)
          .default(1)
          .describe('Workdays past the time to follow up when the lead hears of it; the rep hears first'),
        reassignAfterWorkdays: z
          .number()
          .int()
          .min(1)
          .default(2)
          .describe('Workdays past the time to follow up when the lead is offered colleagues to give it to'),
      })
      .prefault({})
      .describe('Who hears of work that is late; nothing is reassigned unless somebody taps'),
    holdout: Holdout.describe('Proof: a control group whose risk pushes come later'),
    scripts: Scripts.describe('Trials of two scripts of one play (`variants` in config/plays.yaml)'),
    cleanUpAfterDays: z
      .number()
      .int()
      .min(1)
      .default(30)
      .describe('Open cases older than this are offered for closing on the first workday of a month'),
    winBackDays: z
      .number()
      .int()
      .min(1)
      .max(180)
      .default(90)
      .describe('Days after a loss was registered when its rep is reminded to win the customer back'),
  })
  .prefault({})
