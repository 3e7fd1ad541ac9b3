import { z } from 'zod'

/** The windows after which an outcome is known. */
const Window = z.union([z.literal(30), z.literal(60), z.literal(90)])

/** An experiment; a change of any of it ends the running one and starts another. */
export const Holdout = z
  .strictObject({
    share: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .describe('Share of new risk alerts, drawn by lot, that wait; 0 = off, 0.1 is usual'),
    excludeTop: z.boolean().default(true).describe('Customers of tier A always are pushed and take no part'),
    delayDays: z.number().int().min(30).max(90).default(30).describe('So many days the control group waits'),
    windowDays: Window.default(30).describe('An order within so many days after the alert counts as kept'),
    minEffect: z
      .number()
      .min(0.01)
      .max(0.5)
      .default(0.1)
      .describe('The smallest gain worth finding: 0.1 = ten points more customers kept'),
    power: z
      .number()
      .min(0.5)
      .max(0.99)
      .default(0.8)
      .describe('Probability of finding a gain of that size; with minEffect it sets the number of customers'),
  })
  .refine(({ windowDays, delayDays }) => windowDays <= delayDays, 'expected windowDays within delayDays')
  .prefault({})
