import { z } from 'zod'
import { BANDS, DEFINITION_NAMES } from './model/churn.ts'
import { dayFromIso } from './model/day.ts'
import { Dingtalk } from './settings-dingtalk.ts'
import { Http } from './settings-http.ts'
import { Noise } from './settings-noise.ts'
import { PlatformOrder } from './settings-platform-order.ts'
import { Retention } from './settings-retention.ts'
import { Understand } from './settings-understand.ts'
import { Wecom } from './settings-wecom.ts'

/**
 * Every setting with its default and meaning. `config/default.yaml` shows the same values for people to
 * copy from; a test keeps the two equal. Secrets are not settings: they come from the environment.
 */
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD')
  .refine((text) => dayFromIso(text) !== null, 'expected a date that exists')
const Share = z.number().min(0).max(1)
const DayCount = z.number().int().min(1)

const Business = z
  .strictObject({
    zone: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as Asia/Shanghai')
      .default('Asia/Shanghai')
      .describe('Business time zone: days, work hours and job times'),
    currency: z
      .string()
      .length(3)
      .default('CNY')
      .describe('ISO code of the money in the data, kept in minor units'),
    workHours: z
      .array(
        z
          .strictObject({ from: Time, to: Time })
          .refine(({ from, to }) => from < to, 'expected "from" before "to"'),
      )
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
      .prefault({})
      .describe('When data counts as stale'),
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
    winBackDays: DayCount.default(30).describe(
      'A customer that just became lost keeps its risk band this long; then it is history, not a warning',
    ),
    negativeWords: z
      .array(z.string().min(1))
      .nullable()
      .default(null)
      .describe('Words that tell of trouble in notes and tickets; null = config/lexicon.yaml'),
    definitionsVersion: z.number().int().min(1).default(1).describe('Raise it when a definition changes'),
    stagePreset: z.enum(['jiandao', 'fanruan']).default('jiandao').describe('Lifecycle vocabulary (A8, A9)'),
    preset: z
      .enum(['default', 'seed-points'])
      .default('default')
      .describe('Scorer: explained rules, or the simple point table'),
    horizonDays: DayCount.default(90).describe('Risk is the probability of churn within these days'),
    bands: z
      .strictObject({
        watch: Share.default(0.3).describe('Risk from which a customer is 观察'),
        medium: Share.default(0.45).describe('Risk from which a customer is 中'),
        high: Share.default(0.6).describe('Risk from which a customer is 高'),
        urgent: Share.default(0.8).describe('Risk from which a customer is 紧急'),
        hysteresis: Share.default(0.05).describe(
          'A band is left only when risk falls this far below its floor',
        ),
      })
      .refine(
        ({ watch, medium, high, urgent }) => watch < medium && medium < high && high < urgent,
        'expected watch < medium < high < urgent',
      )
      .prefault({})
      .describe('Risk bands'),
    signals: z
      .strictObject({
        overdueRatio: z
          .number()
          .positive()
          .default(1.3)
          .describe('Own purchase cycles of silence that are worth a look'),
        overdueHighRatio: z
          .number()
          .positive()
          .default(2)
          .describe('Own cycles that weigh heavily, if beyond the own P90 too'),
        silenceDays: DayCount.default(30).describe(
          'Days without anything before a short-cycle customer counts as silent',
        ),
        compositeSilenceDays: DayCount.default(60).describe('Days without login, consult and order together'),
        renewalDays: DayCount.default(90).describe('Days before a renewal date when its lane opens'),
        contactChangeDays: DayCount.default(60).describe('Days a changed contact stays a reason'),
        complaintDays: DayCount.default(90).describe('Days a closed complaint stays a reason'),
        npsLow: z.number().default(6).describe('NPS at or below this is low'),
        npsDrop: z.number().default(2).describe('NPS points lost against the own last answer that count'),
      })
      .prefault({})
      .describe('Thresholds of the signals'),
    valueTiers: z
      .array(Share)
      .length(2)
      .refine(([a = 0, b = 0]) => a < b, 'expected the share of A before the larger one of A and B')
      .default([0.2, 0.5])
      .describe('Top shares of customers by value: A, B; the rest C'),
  })
  .superRefine(({ segments, definitions }, check) => {
    const known = definitions.map((one) => one.name)
    for (const [segment, { definition }] of Object.entries(segments)) {
      if (known.includes(definition)) continue
      const message = `unknown definition "${definition}"; there are: ${known.join(', ')}`
      check.addIssue({ code: 'custom', path: ['segments', segment, 'definition'], message })
    }
  })
  .prefault({})

const Push = z
  .strictObject({
    paused: z.boolean().default(false).describe('No risk pushes at all'),
    weeklyInGroups: z
      .boolean()
      .default(true)
      .describe('Weekly figures to groups bound to a team, where no group robot brings them'),
    perDay: z.number().int().min(0).max(50).default(5).describe('Customers in one rep’s digest'),
    urgentPerDay: z.number().int().min(0).max(20).default(2).describe('Urgent cards for one rep and day'),
    repeatAfterDays: DayCount.default(7).describe('No repeat of a customer sooner unless it got worse'),
    ordersPerDay: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(3)
      .describe('Reminders of expected orders in one rep’s digest, beside the customers at risk'),
    orderMinGapDays: DayCount.default(14).describe(
      'Who orders more often than this needs no reminder of an expected order',
    ),
    minBand: z.enum(BANDS).default('medium').describe('Calmer customers are not pushed'),
    falseAlarmDays: DayCount.default(90).describe(
      'A customer marked as a false alarm for its long cycle or season rests so many days; other reasons hold until undone',
    ),
    wonRestDays: DayCount.default(30).describe(
      'After a case was won the customer rests so many days, unless it gets worse',
    ),
    expireAfterDays: DayCount.default(45).describe('A case nobody answered is closed after so many days'),
    dueWorkdays: DayCount.default(3).describe('Workdays to follow up a customer of the digest'),
    eventDueWorkHours: z
      .number()
      .positive()
      .default(24)
      .describe('Work hours to follow up a complaint or contact change'),
    occasions: z
      .boolean()
      .default(false)
      .describe(
        'One line of the digest for a birthday of a contact or full years as a customer, never at risk',
      ),
    csatLow: z
      .number()
      .min(1)
      .max(5)
      .default(2)
      .describe('Satisfaction with a service (1 to 5) at or below this becomes an urgent card'),
    platforms: PlatformOrder,
    pacing: z
      .strictObject({
        perAddressPerMinute: z.number().int().min(1).default(20).describe('Messages to one chat'),
        perPlatformPerSecond: z.number().int().min(1).default(20).describe('Messages to one platform'),
        maxAttempts: z
          .number()
          .int()
          .min(1)
          .default(8)
          .describe('Tries before a message is given up and shown to the admin'),
      })
      .prefault({})
      .describe('How fast each process sends, below what the platforms allow; retries'),
  })
  .prefault({})

const Chat = z
  .strictObject({
    undoMinutes: z.number().int().min(1).default(10).describe('How long 撤销 works'),
    dialogMinutes: z
      .number()
      .int()
      .min(1)
      .default(10)
      .describe('How long a question with buttons stays open'),
    maxNextDays: DayCount.default(180).describe('A next follow-up date further away is refused'),
  })
  .prefault({})

const Demo = z
  .strictObject({
    enabled: z.boolean().default(false).describe('The demo company as a source, on its own clock'),
    customers: z.number().int().min(10).max(5000).default(600).describe('Size of the demo company'),
    seed: z.number().int().default(20_261_123).describe('The same seed makes the same company'),
  })
  .prefault({})

export const Settings = z.strictObject({
  database: z.string().default('data/liuke.db').describe('SQLite file; created when missing'),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN').describe('Language of the bot and of the command line'),
  log: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe log line that is written'),
  business: Business.describe('Where and when the company works'),
  http: Http.describe('The HTTP server'),
  playground: Playground.describe('The local web chat'),
  sync: Sync.describe('Where customer data comes from'),
  scoring: Scoring.describe('What counts as risk and churn'),
  push: Push.describe('What reaches a rep, and when'),
  noise: Noise.describe('What keeps pushes few and believed'),
  retention: Retention.describe('Who looks after whom'),
  chat: Chat.describe('Talking with the bot'),
  understand: Understand.describe('Reading free notes'),
  wecom: Wecom.describe('企业微信 (WeCom)'),
  dingtalk: Dingtalk.describe('钉钉 (DingTalk)'),
  demo: Demo.describe('The built-in demo company'),
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
