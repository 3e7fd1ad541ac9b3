import { z } from 'zod'

/** What the documentation allows in a request; anything else is a violation that fails the test. */
const bytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, `at most ${max} bytes of UTF-8`)
const Text = z.string().min(1)
const jsonOf = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, check) => {
      try {
        return JSON.parse(text)
      } catch {
        check.addIssue('expected JSON in a string')
        return z.NEVER
      }
    })
    .pipe(schema)

export const OpenBody = z.strictObject({
  clientId: Text,
  clientSecret: Text,
  subscriptions: z
    .array(z.strictObject({ type: z.literal(['EVENT', 'CALLBACK']), topic: Text }))
    .min(1)
    .refine((all) => new Set(all.map((one) => `${one.type} ${one.topic}`)).size === all.length, 'twice'),
  ua: z
    .string()
    .regex(/^[\w-]+\/[\w.]+$/)
    .optional(),
  localIp: z.string().optional(),
})

export const TokenBody = z.strictObject({ appKey: Text, appSecret: Text })

export const Ack = z.strictObject({
  code: z.literal([200, 400, 404, 500]),
  headers: z.looseObject({ contentType: z.literal('application/json'), messageId: Text }),
  message: z.string(),
  data: jsonOf(z.unknown()),
})

/** At most 15 000 bytes; the message's own fields are checked by its key. */
const MSG_PARAM = 15_000
export const Markdown = z.strictObject({ title: Text, text: bytes(3800).min(1) })
const Message = z.discriminatedUnion('msgKey', [
  z.strictObject({ msgKey: z.literal('sampleText'), msgParam: z.strictObject({ content: Text }) }),
  z.strictObject({ msgKey: z.literal('sampleMarkdown'), msgParam: Markdown }),
  z.strictObject({
    msgKey: z.literal('sampleActionCard'),
    msgParam: z.strictObject({
      ...Markdown.shape,
      singleTitle: Text,
      singleURL: z.url({ protocol: /^https$/ }),
    }),
  }),
])
export type Message = z.infer<typeof Message>

const Envelope = { robotCode: Text, msgKey: Text, msgParam: bytes(MSG_PARAM) }

export const SendOneBody = z.strictObject({ ...Envelope, userIds: z.array(Text).min(1).max(20) })
export const SendGroupBody = z.strictObject({ ...Envelope, openConversationId: Text })

export function messageOf({ msgKey, msgParam }: { msgKey: string; msgParam: string }) {
  return Message.safeParse({ msgKey, msgParam: safeJson(msgParam) })
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const keys = z.array(Text).min(1).max(20)
export const RecallOneBody = z.strictObject({ robotCode: Text, processQueryKeys: keys })
export const RecallGroupBody = z.strictObject({
  robotCode: Text,
  openConversationId: Text,
  processQueryKeys: keys,
})

/** Strings only, each at most 1 KB. */
export const ParamMap = z.record(bytes(100).min(1), bytes(1024))
const CardData = z.strictObject({ cardParamMap: ParamMap })
const SpaceModel = z.strictObject({
  supportForward: z.boolean(),
  lastMessageI18n: z.strictObject({ ZH_CN: bytes(1024) }).optional(),
  notification: z.strictObject({ alertContent: Text, notificationOff: z.literal(false) }).optional(),
})

export const CreateBody = z
  .strictObject({
    cardTemplateId: z.string().regex(/\.schema$/),
    outTrackId: Text.max(100),
    callbackType: z.literal('STREAM'),
    userIdType: z.literal(1),
    cardData: CardData,
    openSpaceId: z
      .string()
      .regex(/^dtv1\.card\/\/IM_(ROBOT|GROUP)\.[^;]+$/)
      .max(1000),
    imRobotOpenSpaceModel: SpaceModel.optional(),
    imRobotOpenDeliverModel: z
      .strictObject({ spaceType: z.literal('IM_ROBOT'), robotCode: Text.optional() })
      .optional(),
    imGroupOpenSpaceModel: SpaceModel.optional(),
    imGroupOpenDeliverModel: z.strictObject({ robotCode: Text }).optional(),
  })
  .refine((body) => {
    const group = body.openSpaceId.includes('//IM_GROUP.')
    const robot = Boolean(body.imRobotOpenSpaceModel && body.imRobotOpenDeliverModel)
    const inGroup = Boolean(body.imGroupOpenSpaceModel && body.imGroupOpenDeliverModel)
    return group ? inGroup && !robot : robot && !inGroup
  }, 'the models must be those of the space')

export const UpdateBody = z.strictObject({
  outTrackId: Text.max(100),
  cardData: CardData,
  cardUpdateOptions: z.strictObject({
    updateCardDataByKey: z.literal(true),
    updatePrivateDataByKey: z.literal(true),
  }),
  userIdType: z.literal(1).optional(),
})

export const CrmBody = z.strictObject({
  operatorUserId: Text,
  maxResults: z.number().int().min(1).max(100),
  nextToken: z
    .string()
    .regex(/^next-\d+$/)
    .optional(),
  objectType: z.literal(['crm_customer', 'crm_customer_personal']),
})

/** What a card callback is answered with. */
export const CardAnswer = z.strictObject({
  response: z.union([
    z.strictObject({ success: z.literal(true) }),
    z.strictObject({
      cardUpdateOptions: z
        .strictObject({ updateCardDataByKey: z.literal(true), updatePrivateDataByKey: z.literal(true) })
        .optional(),
      cardData: CardData.optional(),
      userPrivateData: CardData.optional(),
    }),
    z.null(),
  ]),
})

export const WebhookBody = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: Text }) }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: Markdown }),
])
export const WEBHOOK_MAX_BYTES = 20_000
