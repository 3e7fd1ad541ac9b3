import { z } from 'zod'
import { platformUrl } from './settings-platform-url.ts'
import { checkRobots, groupRobot } from './settings-robots.ts'
import { Aibot } from './settings-wecom-aibot.ts'

const SECRET = 'Set by the environment only'

const App = z
  .strictObject({
    enabled: z.boolean().default(false).describe('The self-built app (自建应用): cards in direct chats'),
    agentId: z
      .number()
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('AgentId, from the top of the app page'),
    secret: z.string().min(1).optional().describe(`${SECRET}: LIUKE_WECOM_SECRET`),
    token: z
      .string()
      .regex(/^[A-Za-z0-9]{1,32}$/, 'expected at most 32 letters and digits')
      .optional()
      .describe(`${SECRET}: LIUKE_WECOM_TOKEN`),
    aesKey: z
      .string()
      .regex(/^[A-Za-z0-9]{43}$/, 'expected 43 letters and digits')
      .optional()
      .describe(`${SECRET}: LIUKE_WECOM_AES_KEY`),
    pageUrl: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .nullable()
      .default(null)
      .describe(
        'Page that opens when a card without a page of its own is tapped; null = the board, where http.publicUrl is set',
      ),
    plainText: z
      .boolean()
      .default(false)
      .describe('Plain text in place of cards, for members who read in WeChat'),
    accounts: z
      .number()
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'Accounts the company may have (帐号上限): WeCom takes 200 messages a day for each; null = not watched',
      ),
  })
  .prefault({})

const UserId = z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/, 'expected the account of a member, or @all')
/** `name=key` for every robot, with commas between: `华东=693a91f6-7xxx,华南=4b1c…`. */
const ROBOT_KEYS = /^[^=,]+=[A-Za-z0-9-]{8,64}(,[^=,]+=[A-Za-z0-9-]{8,64})*$/

const Robot = z.strictObject({
  ...groupRobot,
  mention: z
    .array(UserId)
    .max(10)
    .default([])
    .describe('Accounts that every message mentions; @all = everybody'),
  plainText: z.boolean().default(false).describe('Text in place of Markdown'),
})

const Webhook = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Group robots (群机器人): figures into group chats, one-way'),
    keys: z
      .string()
      .regex(ROBOT_KEYS, 'expected name=key pairs with commas between')
      .optional()
      .describe(`${SECRET}: LIUKE_WECOM_ROBOT_KEYS`),
    robots: z.array(Robot).max(100).default([]).describe('The robots, one a group'),
  })
  .superRefine((webhook, check) => checkRobots(webhook, check, 'LIUKE_WECOM_ROBOT_KEYS'))
  .prefault({})

const Directory = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Members, teams and leads from the address book'),
    admins: z.array(UserId).max(50).default([]).describe('Accounts of the administrators of Liuke'),
  })
  .prefault({})

const Customers = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('WeChat customers (客户联系), and news when one deletes a member'),
  })
  .prefault({})

/** 企业微信. Off until a channel is enabled; then everything it needs must be there. */
export const Wecom = z
  .strictObject({
    corpId: z.string().min(1).nullable().default(null).describe('企业 ID, from My Company → Company info'),
    baseUrl: platformUrl('https://qyapi.weixin.qq.com').describe('Where the API is'),
    insideLoginUrl: platformUrl('https://open.weixin.qq.com').describe('Where a login inside WeCom begins'),
    outsideLoginUrl: platformUrl('https://login.work.weixin.qq.com').describe(
      'Where a login in any other browser begins',
    ),
    app: App.describe('The self-built app'),
    webhook: Webhook.describe('Group robots'),
    aibot: Aibot.describe('The smart robot'),
    directory: Directory.describe('The address book, read by the app'),
    customers: Customers.describe('Customer contact, read by the app'),
  })
  .superRefine(({ corpId, app, directory, customers }, check) => {
    if (!app.enabled && !directory.enabled && !customers.enabled) return
    const { agentId, secret, token, aesKey } = app
    const missing = (path: string[], message: string) => check.addIssue({ code: 'custom', path, message })
    if (corpId === null) missing(['corpId'], 'needed by the WeCom app')
    if (agentId === null) missing(['app', 'agentId'], 'needed by the WeCom app')
    if (secret === undefined) missing(['app', 'secret'], 'set LIUKE_WECOM_SECRET in the environment')
    if (token === undefined) missing(['app', 'token'], 'set LIUKE_WECOM_TOKEN in the environment')
    if (aesKey === undefined) missing(['app', 'aesKey'], 'set LIUKE_WECOM_AES_KEY in the environment')
  })
  .prefault({})
export type Wecom = z.infer<typeof Wecom>
