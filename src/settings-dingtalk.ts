import { z } from 'zod'
import { platformUrl } from './settings-platform-url.ts'
import { checkRobots, groupRobot } from './settings-robots.ts'

const UserId = z.string().regex(/^\S{1,200}$/, 'expected the userId of a person')

const Directory = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Members, teams and leads from the address book'),
    admins: z.array(UserId).max(50).default([]).describe('userIds of the administrators of Liuke'),
    departments: z
      .array(z.number().int().min(1))
      .min(1)
      .max(100)
      .default([1])
      .describe('Ids of the departments to read, with everything below; 1 = the whole company'),
  })
  .prefault({})

/** `name=access_token` or `name=access_token:SEC…` for every robot, with commas between. */
const ROBOT_KEYS = /^[^=,]+=[\w-]{8,128}(:SEC\w{8,128})?(,[^=,]+=[\w-]{8,128}(:SEC\w{8,128})?)*$/

const Robot = z.strictObject({
  ...groupRobot,
  mention: z
    .array(z.string().regex(/^[\w.@-]{1,64}$/, 'expected the userid of a member, or @all'))
    .max(50)
    .default([])
    .describe('Userids that every message mentions; @all = everybody'),
  keyword: z
    .string()
    .min(1)
    .max(30)
    .nullable()
    .default(null)
    .describe('Keyword (自定义关键词) of its security settings; null = none, or it stands in the cards'),
})

const Webhook = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Group robots (自定义机器人): figures into group chats, one-way'),
    keys: z
      .string()
      .regex(ROBOT_KEYS, 'expected name=access_token:SEC… with commas between')
      .optional()
      .describe('Set by the environment only: LIUKE_DINGTALK_ROBOT_KEYS'),
    robots: z.array(Robot).max(100).default([]).describe('The robots, one a group'),
  })
  .superRefine((webhook, check) => checkRobots(webhook, check, 'LIUKE_DINGTALK_ROBOT_KEYS'))
  .prefault({})

const Customers = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Customers of 客户管理 with their owners; every 100 of them cost one API call a day'),
    operator: UserId.nullable()
      .default(null)
      .describe('userId in whose name they are read: an administrator of 客户管理'),
    kind: z
      .enum(['crm_customer', 'crm_customer_personal'])
      .default('crm_customer')
      .describe('Companies (crm_customer) or persons (crm_customer_personal)'),
  })
  .superRefine(({ enabled, operator }, check) => {
    if (!enabled || operator !== null) return
    check.addIssue({ code: 'custom', path: ['operator'], message: 'needed to read the customers' })
  })
  .prefault({})

/** 钉钉. Off until it is enabled; then everything it needs must be there. */
export const Dingtalk = z
  .strictObject({
    enabled: z.boolean().default(false).describe('The app with its robot in stream mode (企业内部应用)'),
    corpId: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('CorpId, from the front page of the open platform'),
    clientId: z.string().min(1).nullable().default(null).describe('Client ID (AppKey) of the app'),
    clientSecret: z.string().min(1).optional().describe('Set by the environment only: LIUKE_DINGTALK_SECRET'),
    robotCode: z.string().min(1).nullable().default(null).describe('RobotCode; null = the Client ID'),
    templateId: z
      .string()
      .regex(/^[\w-]+\.schema$/, 'expected an id that ends in .schema')
      .nullable()
      .default(null)
      .describe('Published card template (adapters/dingtalk/templates); null = text without buttons'),
    pageUrl: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .nullable()
      .default(null)
      .describe(
        'Page that a card without a page of its own opens; null = the board, where http.publicUrl is set',
      ),
    apiUrl: platformUrl('https://api.dingtalk.com').describe('Where the API and the stream gateway are'),
    legacyUrl: platformUrl('https://oapi.dingtalk.com').describe('Where the legacy API is'),
    loginUrl: platformUrl('https://login.dingtalk.com').describe('Where logins begin'),
    monthlyApiCalls: z
      .number()
      .int()
      .min(1)
      .default(5_000)
      .describe('API calls a month that the company has'),
    monthlyStreamCalls: z
      .number()
      .int()
      .min(1)
      .default(3_000)
      .describe('Stream and webhook calls a month that the company has'),
    directory: Directory.describe('The address book, read by the app'),
    webhook: Webhook.describe('Group robots; they need no app'),
    customers: Customers.describe('Customers of 客户管理, read by the app once a day'),
  })
  .superRefine(({ enabled, directory, customers, corpId, clientId, clientSecret }, check) => {
    if (!enabled && !directory.enabled && !customers.enabled) return
    const missing = (path: string, message: string) =>
      check.addIssue({ code: 'custom', path: [path], message })
    if (corpId === null) missing('corpId', 'needed by the DingTalk app')
    if (clientId === null) missing('clientId', 'needed by the DingTalk app')
    if (clientSecret === undefined) missing('clientSecret', 'set LIUKE_DINGTALK_SECRET in the environment')
  })
  .prefault({})
export type Dingtalk = z.infer<typeof Dingtalk>
