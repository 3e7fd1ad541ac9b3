import { z } from 'zod'

/** What we ask over the long connection. */
export type Command =
  | 'aibot_subscribe'
  | 'ping'
  | 'aibot_respond_msg'
  | 'aibot_respond_welcome_msg'
  | 'aibot_respond_update_msg'
  | 'aibot_send_msg'

const Headers = z.object({ req_id: z.string().min(1).max(512) })

/** One text frame: a push has a command, the answer to ours has none. */
export const Frame = z.union([
  z.object({ cmd: z.string().min(1), headers: Headers, body: z.unknown() }),
  z.object({ cmd: z.undefined().optional(), headers: Headers, errcode: z.number().int() }),
])

/** A message or an event that WeCom pushes. */
export interface Push {
  readonly reqId: string
  readonly body: unknown
}

/** Pushes that carry something for us. */
export const PUSHES: ReadonlySet<string> = new Set(['aibot_msg_callback', 'aibot_event_callback'])

export function parseFrame(data: string): z.infer<typeof Frame> | null {
  try {
    const parsed = Frame.safeParse(JSON.parse(data))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
