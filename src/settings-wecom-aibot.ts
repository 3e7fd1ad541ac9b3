import { z } from 'zod'
import { platformUrl } from './settings-platform-url.ts'

const SECRET = 'Set by the environment only'

/** What each mode needs, with the variable that brings it. */
const NEEDED = {
  callback: [
    ['token', 'LIUKE_WECOM_BOT_TOKEN'],
    ['aesKey', 'LIUKE_WECOM_BOT_AES_KEY'],
  ],
  connection: [
    ['botId', 'LIUKE_WECOM_BOT_ID'],
    ['secret', 'LIUKE_WECOM_BOT_SECRET'],
  ],
} as const

/** The smart robot (智能机器人). WeCom lets a robot work in one mode at a time. */
export const Aibot = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('The smart robot (智能机器人): answers where it is mentioned'),
    mode: z
      .enum(['callback', 'connection'])
      .default('callback')
      .describe(
        'How WeCom reaches Liuke: callback needs a public address; connection (长连接) none, and can write first',
      ),
    name: z.string().min(1).max(64).default('留客').describe('Its name, as it is mentioned in groups'),
    token: z
      .string()
      .regex(/^[A-Za-z0-9]{1,32}$/, 'expected at most 32 letters and digits')
      .optional()
      .describe(`${SECRET}: LIUKE_WECOM_BOT_TOKEN`),
    aesKey: z
      .string()
      .regex(/^[A-Za-z0-9]{43}$/, 'expected 43 letters and digits')
      .optional()
      .describe(`${SECRET}: LIUKE_WECOM_BOT_AES_KEY`),
    botId: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('BotID of the long connection; also LIUKE_WECOM_BOT_ID'),
    secret: z.string().min(1).max(500).optional().describe(`${SECRET}: LIUKE_WECOM_BOT_SECRET`),
    socketUrl: platformUrl('wss://openws.work.weixin.qq.com').describe('Where the long connection leads'),
  })
  .superRefine((robot, check) => {
    if (!robot.enabled) return
    for (const [path, name] of NEEDED[robot.mode]) {
      if (robot[path] !== undefined) continue
      check.addIssue({ code: 'custom', path: [path], message: `set ${name} in the environment` })
    }
  })
  .prefault({})
