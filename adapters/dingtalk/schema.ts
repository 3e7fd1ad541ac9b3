import { z } from 'zod'

/** The platform's name in addresses and identities. */
export const DINGTALK = 'dingtalk'
/** Group robots are a platform of their own: they know no people. */
export const DINGTALK_ROBOT = 'dingtalk-robot'

const Text = z.string().min(1)
/** Samples print numbers as strings: both are taken. */
const Instant = z.coerce.number().int().positive()

export const OpenAnswer = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: Text })

/** A frame of the stream; `data` is JSON once more. */
export const Frame = z.object({
  type: z.string(),
  headers: z.looseObject({
    topic: z.string().default(''),
    messageId: z.string().default(''),
    time: z.union([z.string(), z.number()]).default(''),
  }),
  data: z.string().default(''),
})
export type Frame = z.infer<typeof Frame>

/** A message to the robot. Senders outside the company have no `senderStaffId`. */
export const RobotMessage = z.object({
  conversationId: Text.max(500),
  conversationType: z.literal(['1', '2']),
  conversationTitle: z.string().optional(),
  msgId: Text.max(500),
  msgtype: Text,
  createAt: Instant,
  senderStaffId: z.string().max(200).default(''),
  senderCorpId: z.string().default(''),
  senderNick: z.string().default(''),
  sessionWebhook: z.string().default(''),
  sessionWebhookExpiredTime: z.coerce.number().default(0),
  text: z.looseObject({ content: z.string() }).optional(),
  /** Our message that is quoted, by the key it was sent with. */
  originalProcessQueryKey: z.string().max(500).optional(),
  content: z
    .looseObject({
      recognition: z.string().optional(),
      richText: z.array(z.looseObject({ text: z.string().optional() })).optional(),
    })
    .optional(),
})
export type RobotMessage = z.infer<typeof RobotMessage>

/** In place of a message when the monthly quota is used up (20001). */
export const OverQuota = z.looseObject({ errorCode: z.coerce.number().int() })

export const CardCallback = z.object({
  outTrackId: Text.max(100),
  corpId: Text,
  userId: Text.max(200),
  spaceId: z.string().optional(),
  content: z.string().optional(),
  value: z.string().optional(),
})
export type CardCallback = z.infer<typeof CardCallback>

const Params = z.looseObject({ press: z.string().max(4000).optional() })
/** `params` stands in `cardPrivateData`, and beside it on two pages of the documentation. */
export const Pressed = z.object({
  cardPrivateData: z.looseObject({ params: Params.optional() }).optional(),
  params: Params.optional(),
})

export const TokenAnswer = z.object({ accessToken: Text.max(1024), expireIn: z.coerce.number().positive() })

const Ids = z
  .array(z.string())
  .nullish()
  .transform((ids) => ids ?? [])
/** HTTP 200 may be a partial failure. */
export const SendOneAnswer = z.object({
  processQueryKey: z
    .string()
    .nullish()
    .transform((key) => key ?? ''),
  invalidStaffIdList: Ids,
  flowControlledStaffIdList: Ids,
})
export const SendGroupAnswer = z.object({ processQueryKey: z.string().default('') })
export const RecallAnswer = z.object({ failedResult: z.record(z.string(), z.unknown()).nullish() })

/** Some samples print booleans as strings. */
const Flag = z.union([z.boolean(), z.literal(['true', 'false']).transform((word) => word === 'true')])
/** `success` at the top says nothing about the single deliveries. */
export const CreateAnswer = z.object({
  result: z.object({
    deliverResults: z
      .array(z.object({ success: Flag, carrierId: z.string().nullish(), errorMsg: z.string().nullish() }))
      .min(1),
  }),
})

export const UploadAnswer = z.object({ media_id: Text })

/** What a sent card needs to be changed later. */
export const CardToken = z.strictObject({ track: Text.max(100) })
export type CardToken = z.infer<typeof CardToken>

/** The person's own token, and the company they chose to log in with. */
export const UserTokenAnswer = z.object({ accessToken: Text.max(4096), corpId: z.string().default('') })
export const MeAnswer = z.object({ unionId: Text.max(200) })
/** `contact_type` 1: a contact of the company from outside. */
export const ByUnionResult = z.object({ userid: Text.max(200), contact_type: z.coerce.number().default(0) })
