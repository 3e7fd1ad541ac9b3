import { z } from 'zod'

/** Trials of two scripts; a change of any of it ends the running ones and starts others. */
export const Scripts = z
  .strictObject({
    windowDays: z
      .union([z.literal(30), z.literal(60), z.literal(90)])
      .default(30)
      .describe('An order within so many days after a script was shown counts as kept'),
    minEffect: z
      .number()
      .min(0.01)
      .max(0.5)
      .default(0.15)
      .describe('The smallest difference between two scripts worth finding: 0.15 = fifteen points'),
    power: z
      .number()
      .min(0.5)
      .max(0.99)
      .default(0.8)
      .describe('Probability of finding a difference of that size'),
  })
  .prefault({})
