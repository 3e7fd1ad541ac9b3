import { z } from 'zod'

const Share = z.number().min(0).max(1)

/** What keeps pushes few and believed. */
export const Noise = z
  .strictObject({
    signals: z
      .strictObject({
        autoMute: z
          .boolean()
          .default(true)
          .describe('Mute a signal by itself; off: the administrator is only warned'),
        window: z
          .number()
          .int()
          .min(5)
          .max(200)
          .default(20)
          .describe('Newest decided alerts of a signal that are judged; with fewer nothing happens'),
        warnShare: Share.default(0.15).describe(
          'False alarms among them from which on the administrator is warned',
        ),
        muteShare: Share.default(0.3).describe('False alarms above which the signal is muted'),
        clearShare: Share.default(0.1).describe('Below this share a warned signal is fine again'),
      })
      .refine(
        (one) => one.clearShare <= one.warnShare && one.warnShare <= one.muteShare,
        'expected clearShare ≤ warnShare ≤ muteShare',
      )
      .prefault({})
      .describe('Signals that are often wrong'),
    dips: z
      .strictObject({
        enabled: z.boolean().default(true).describe('Hold the alerts of a group that fell together'),
        minCustomers: z.number().int().min(2).default(8).describe('Newly at risk in one group at least'),
        minRatio: z.number().min(1).default(3).describe('At least so many times as many as usual'),
        falseShare: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.05)
          .describe(
            'Share of false dips accepted among those told (Benjamini–Hochberg over the groups of a day)',
          ),
        baselineWorkdays: z
          .number()
          .int()
          .min(10)
          .max(250)
          .default(40)
          .describe('Earlier mornings a group is compared with; half of them must be known'),
        holdWorkdays: z.number().int().min(1).max(20).default(2).describe('Alerts wait so long for the lead'),
      })
      .prefault({})
      .describe('Groups in which many customers become at risk at once'),
    competitors: z
      .strictObject({
        minCustomers: z.number().int().min(2).default(5).describe('Newly at risk in the window at least'),
        minRatio: z.number().min(1).default(1.5).describe('At least so many times as many as usual'),
        falseShare: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.05)
          .describe('Share of false findings accepted (Benjamini–Hochberg over all windows and segments)'),
        baselineWorkdays: z
          .number()
          .int()
          .min(10)
          .max(250)
          .default(40)
          .describe('Mornings before a window it is compared with; half of them must be known'),
      })
      .prefault({})
      .describe('Windows of competitors’ events: more customers at risk than usual are told to the lead'),
  })
  .prefault({})
