import { z } from 'zod'

/** What the documentation allows in a request; anything else is a violation that fails the test. */
const chars = (max: number) =>
  z.string().refine((text) => [...text].length <= max, `at most ${max} characters`)
const bytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, `at most ${max} bytes of UTF-8`)
const Url = z.url({ protocol: /^https?$/ }).max(2048)
const TaskId = z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/)
const Key = bytes(1024).min(1)

const unique = <T>(keyOf: (item: T) => string) =>
  [(items: readonly T[]) => new Set(items.map(keyOf)).size === items.length, 'expected no key twice'] as const

const Shared = {
  task_id: TaskId.optional(),
  source: z
    .strictObject({ icon_url: Url.optional(), desc: chars(20).optional(), desc_color: z.int().min(0).max(3) })
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
  quote_area: z
    .strictObject({ type: z.literal(0), title: z.string().optional(), quote_text: z.string().optional() })
    .optional(),
  sub_title_text: chars(160).optional(),
  horizontal_content_list: z
    .array(
      z.strictObject({
        keyname: chars(5).min(1),
        value: chars(30).optional(),
        type: z.literal(0).optional(),
      }),
    )
    .max(6)
    .optional(),
}
const Title = { title: chars(36).optional(), desc: chars(44).optional() }

const TextNotice = z
  .strictObject({
    card_type: z.literal('text_notice'),
    ...Shared,
    main_title: z.strictObject(Title).optional(),
    emphasis_content: z.strictObject({ title: chars(14).optional(), desc: chars(22).optional() }).optional(),
    card_action: z.strictObject({ type: z.literal(1), url: Url }),
  })
  .refine((card) => card.main_title?.title || card.sub_title_text, 'expected a title or a text')
  .refine((card) => !(card.quote_area && card.emphasis_content), 'a quote and an emphasis exclude each other')
  .refine((card) => !card.action_menu || card.task_id, 'a menu needs a task_id')

const ButtonInteraction = z.strictObject({
  card_type: z.literal('button_interaction'),
  ...Shared,
  task_id: TaskId,
  main_title: z.strictObject({ ...Title, title: chars(36).min(1) }),
  button_selection: z
    .strictObject({
      question_key: Key,
      title: z.string().optional(),
      option_list: z
        .array(z.strictObject({ id: bytes(128).min(1), text: chars(16).min(1) }))
        .min(1)
        .max(10)
        .refine(...unique<{ id: string }>((one) => one.id)),
      selected_id: z.string().optional(),
    })
    .refine((one) => one.option_list.some(({ id }) => id === one.selected_id), 'the choice is no option')
    .optional(),
  button_list: z
    .array(
      z.strictObject({
        type: z.literal(0),
        text: chars(10).min(1),
        style: z.int().min(1).max(4),
        key: Key,
      }),
    )
    .min(1)
    .max(6)
    .refine(...unique<{ key: string }>((one) => one.key)),
  /** Only in updates: greys the buttons. */
  replace_text: chars(10).optional(),
  card_action: z.strictObject({ type: z.literal(1), url: Url }).optional(),
})

export const TemplateCard = z.discriminatedUnion('card_type', [TextNotice, ButtonInteraction])
export type TemplateCard = z.infer<typeof TemplateCard>

const Envelope = {
  touser: z.string().min(1).max(64_000),
  agentid: z.int(),
  safe: z.literal(0).optional(),
  enable_duplicate_check: z.literal([0, 1]).optional(),
  duplicate_check_interval: z.int().min(1).max(14_400).optional(),
}
export const SendBody = z.discriminatedUnion('msgtype', [
  z.strictObject({
    ...Envelope,
    msgtype: z.literal('text'),
    text: z.strictObject({ content: bytes(2048).min(1) }),
  }),
  z.strictObject({
    ...Envelope,
    msgtype: z.literal('markdown'),
    markdown: z.strictObject({ content: bytes(2048).min(1) }),
  }),
  z.strictObject({
    ...Envelope,
    msgtype: z.literal('image'),
    image: z.strictObject({ media_id: z.string().min(1) }),
  }),
  z.strictObject({ ...Envelope, msgtype: z.literal('template_card'), template_card: TemplateCard }),
])
export type SendBody = z.infer<typeof SendBody>

export const UpdateBody = z.strictObject({
  userids: z.array(z.string().min(1)).min(1).max(1000),
  agentid: z.int(),
  response_code: z.string().min(1),
  template_card: TemplateCard,
})
