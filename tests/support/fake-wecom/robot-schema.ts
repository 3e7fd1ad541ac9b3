import { z } from 'zod'

/** What the documentation allows the smart robot to send (paths 101032, 101138 and 101463). */
const chars = (max: number) =>
  z.string().refine((text) => [...text].length <= max, `at most ${max} characters`)
const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, `at most ${max} bytes of UTF-8`)
const Key = bytes(1024)
const TaskId = z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/)
const Feedback = z.strictObject({ id: bytes(256) })
const once = <T>(items: readonly T[], keyOf: (item: T) => string): boolean =>
  new Set(items.map(keyOf)).size === items.length

const Button = z.strictObject({
  type: z.literal(0),
  text: chars(10).min(1),
  style: z.int().min(1).max(4),
  key: Key,
})
const Option = z.strictObject({ id: bytes(128), text: chars(10).min(1) })

export const RobotCard = z.strictObject({
  card_type: z.literal('button_interaction'),
  task_id: TaskId,
  source: z.strictObject({ desc: chars(13), desc_color: z.int().min(0).max(3) }).optional(),
  main_title: z.strictObject({ title: chars(26).min(1), desc: chars(30).optional() }),
  quote_area: z
    .strictObject({ type: z.literal(0), title: z.string().optional(), quote_text: z.string().optional() })
    .optional(),
  sub_title_text: chars(112).optional(),
  horizontal_content_list: z
    .array(z.strictObject({ keyname: chars(5).min(1), value: chars(26).optional() }))
    .max(6)
    .optional(),
  action_menu: z
    .strictObject({
      desc: z.string().min(1),
      action_list: z
        .array(z.strictObject({ text: z.string().min(1), key: Key }))
        .min(1)
        .max(3),
    })
    .optional(),
  button_selection: z
    .strictObject({
      question_key: Key,
      title: chars(13).optional(),
      option_list: z
        .array(Option)
        .min(1)
        .max(10)
        .refine((list) => once(list, (one) => one.id), 'expected no option twice'),
      selected_id: z.string().optional(),
    })
    .optional(),
  button_list: z
    .array(Button)
    .min(1)
    .max(6)
    .refine((list) => once(list, (one) => one.key), 'expected no key twice'),
  feedback: Feedback.optional(),
})
export type RobotCard = z.infer<typeof RobotCard>

const Content = bytes(20_480)
export const CardBody = z.strictObject({ msgtype: z.literal('template_card'), template_card: RobotCard })
export const MarkdownBody = z.strictObject({
  msgtype: z.literal('markdown'),
  markdown: z.strictObject({ content: Content, feedback: Feedback.optional() }),
})
const StreamBody = z.strictObject({
  msgtype: z.literal('stream'),
  stream: z.strictObject({
    id: z.string().min(1).max(256),
    finish: z.boolean(),
    content: Content,
    feedback: Feedback.optional(),
  }),
})
export const UpdateBody = z.strictObject({
  response_type: z.literal('update_template_card'),
  template_card: RobotCard,
})
export const WelcomeBody = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: Content }) }),
  CardBody,
])
/** What a `response_url` takes. */
export const ReplyBody = z.discriminatedUnion('msgtype', [MarkdownBody, CardBody])

const To = { chatid: z.string().min(1), chat_type: z.literal([1, 2]) }
const SendBody = z.discriminatedUnion('msgtype', [MarkdownBody.extend(To), CardBody.extend(To)])

const headers = z.strictObject({ req_id: z.string().min(1).max(256) })
const frame = <C extends string, B extends z.ZodType>(cmd: C, body: B) =>
  z.strictObject({ cmd: z.literal(cmd), headers, body })

/** Every frame that a client may send. */
export const RobotFrame = z.discriminatedUnion('cmd', [
  frame('aibot_subscribe', z.strictObject({ bot_id: z.string().min(1), secret: z.string().min(1) })),
  z.strictObject({ cmd: z.literal('ping'), headers }),
  frame('aibot_respond_msg', z.discriminatedUnion('msgtype', [StreamBody, MarkdownBody, CardBody])),
  frame('aibot_respond_welcome_msg', WelcomeBody),
  frame('aibot_respond_update_msg', UpdateBody),
  frame('aibot_send_msg', SendBody),
])
export type RobotFrame = z.infer<typeof RobotFrame>

export type ShownBody =
  | z.infer<typeof StreamBody>
  | z.infer<typeof MarkdownBody>
  | z.infer<typeof CardBody>
  | z.infer<typeof WelcomeBody>

/** What a person reads, without buttons. */
export function shownText(body: ShownBody): string {
  switch (body.msgtype) {
    case 'text':
      return body.text.content
    case 'stream':
      return body.stream.content
    case 'markdown':
      return body.markdown.content
    case 'template_card':
      return cardText(body.template_card)
  }
}

function cardText(card: RobotCard): string {
  const rows = (card.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname} ${value ?? ''}`)
  const { main_title, quote_area, sub_title_text } = card
  return [
    main_title.title,
    main_title.desc,
    quote_area?.title,
    quote_area?.quote_text,
    sub_title_text,
    ...rows,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n')
}
