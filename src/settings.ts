import { z } from 'zod'
import { BANDS, DEFINITION_NAMES } from './model/churn.ts'

/**
 * Every setting with its default and meaning. `config/default.yaml` shows the same values for people to
 * copy from; a test keeps the two equal. Secrets are not settings: they come from the environment.
 */
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD')
const Share = z.number().min(0).max(1)
const DayCount = z.number().int().min(1)

const Business = z
  .strictObject({
    zone: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as Asia/Shanghai')
      .default('Asia/Shanghai'),
    currency: z.string().length(3).default('CNY'),
    workHours: z
      .array(z.strictObject({ from: Time, to: Time }))
      .min(1)
      .default([
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '18:00' },
      ])
      .describe('Pushes and SLA clocks run only inside these hours of a workday'),
    holidays: z.array(IsoDate).default([]).describe('Extra days off, on top of the public calendar'),
    workdays: z.array(IsoDate).default([]).describe('Days worked although the public calendar says off'),
  })
  .prefault({})

const Http = z
  .strictObject({
    host: z.string().default('127.0.0.1'),
    port: z.number().int().min(0).max(65_535).default(8420),
    bodyLimitBytes: z.number().int().min(1024).default(1_048_576),
  })
  .prefault({})

const Playground = z
  .strictObject({
    enabled: z.boolean().default(false).describe('The local web chat; always on in the demo'),
    trustRemote: z
      .boolean()
      .default(false)
      .describe('Serve it to other machines too: anyone there can be anyone'),
  })
  .prefault({})

const Sync = z
  .strictObject({
    watch: z
      .array(
        z.strictObject({
          folder: z.string(),
          as: z.enum(['customers', 'members', 'contacts', 'events', 'surveys']),
          source: z.string().optional(),
          map: z.record(z.string(), z.string()).default({}),
          set: z.record(z.string(), z.string()).default({}),
          dateFormat: z.string().optional(),
        }),
      )
      .default([])
      .describe('Folders whose new files are imported by a job'),
    freshness: z
      .strictObject({
        staleAfterDays: DayCount.default(2).describe('Workdays without a new event before pushes pause'),
        halfEmptyShare: Share.default(0.5).describe('Fewer rows than this share of the usual pauses pushes'),
        minHistory: z.number().int().min(2).default(4).describe('Loads needed before volume is judged'),
      })
      .prefault({}),
  })
  .prefault({})

const Definition = z.strictObject({
  name: z.string(),
  basis: z.enum(['order', 'renewal', 'own-cycle']),
  days: DayCount,
  /** For own-cycle: lost after this many own cycles of silence (and at least `days`). */
  cycles: z.number().positive().default(3),
})

const Scoring = z
  .strictObject({
    segments: z
      .record(z.string(), z.strictObject({ definition: z.string(), expectedGapDays: DayCount }))
      .default({ default: { definition: 'own-cycle', expectedGapDays: 60 } })
      .describe('Churn definition and fallback order gap per customer segment; `default` covers the rest'),
    definitions: z
      .array(Definition)
      .default([
        { name: 'saas', basis: 'renewal', days: 90, cycles: 3 },
        { name: 'e-commerce', basis: 'order', days: 180, cycles: 3 },
        { name: 'b2b', basis: 'order', days: 365, cycles: 3 },
        { name: 'own-cycle', basis: 'own-cycle', days: 90, cycles: 3 },
      ])
      .describe(`Churn definitions; ${DEFINITION_NAMES.join(', ')} ship with Liuke`),
    definitionsVersion: z.number().int().min(1).default(1).describe('Raise it when a definition changes'),
    stagePreset: z.enum(['jiandao', 'fanruan']).default('jiandao').describe('Lifecycle vocabulary (A8, A9)'),
    preset: z.enum(['default', 'seed-points']).default('default'),
    horizonDays: DayCount.default(90),
    bands: z
      .strictObject({
        watch: Share.default(0.3),
        medium: Share.default(0.45),
        high: Share.default(0.6),
        urgent: Share.default(0.8),
        hysteresis: Share.default(0.05).describe(
          'A band is left only when risk falls this far below its floor',
        ),
      })
      .prefault({}),
    signals: z
      .strictObject({
        overdueRatio: z.number().positive().default(1.3),
        overdueHighRatio: z.number().positive().default(2),
        silenceDays: DayCount.default(30),
        compositeSilenceDays: DayCount.default(60),
        renewalDays: DayCount.default(90),
        contactChangeDays: DayCount.default(60),
        complaintDays: DayCount.default(90),
        npsLow: z.number().default(6),
        npsDrop: z.number().default(2),
      })
      .prefault({}),
    valueTiers: z
      .array(Share)
      .length(2)
      .default([0.2, 0.5])
      .describe('Top shares of customers by value: A, B; the rest C'),
  })
  .prefault({})

const Push = z
  .strictObject({
    paused: z.boolean().default(false),
    perDay: z.number().int().min(0).max(50).default(5).describe('Customers in one rep’s digest'),
    urgentPerDay: z.number().int().min(0).max(20).default(2),
    repeatAfterDays: DayCount.default(7).describe('No repeat of a customer sooner unless it got worse'),
    minBand: z.enum(BANDS).default('medium'),
    dueWorkdays: DayCount.default(3),
    eventDueWorkHours: z.number().positive().default(24),
    pacing: z
      .strictObject({
        perAddressPerMinute: z.number().int().min(1).default(20),
        perPlatformPerSecond: z.number().int().min(1).default(20),
        maxAttempts: z.number().int().min(1).default(8),
      })
      .prefault({}),
  })
  .prefault({})

const Chat = z
  .strictObject({
    undoMinutes: z.number().int().min(1).default(10),
    dialogMinutes: z.number().int().min(1).default(10),
    maxNextDays: DayCount.default(180).describe('A next follow-up date further away is refused'),
  })
  .prefault({})

export const Settings = z.strictObject({
  database: z.string().default('data/liuke.db').describe('SQLite file, or postgres:// address'),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  log: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  business: Business,
  http: Http,
  playground: Playground,
  sync: Sync,
  scoring: Scoring,
  push: Push,
  chat: Chat,
})
export type Settings = z.infer<typeof Settings>

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
