import { z } from 'zod'
import { topapi } from './contacts.ts'
import type { Answer, Call, Violate } from './openapi.ts'
import { robotSend } from './robot.ts'
import { WEBHOOK_MAX_BYTES, WebhookBody } from './schema.ts'
import type { FakeState } from './state.ts'

/** `oapi.dingtalk.com`: always HTTP 200, the code is in the body; null: no such call. */
export async function answerLegacy(state: FakeState, call: Call, violate: Violate): Promise<Answer | null> {
  const route = `${call.method} ${call.path}`
  if (route === 'POST /media/upload') return { status: 200, body: await upload(state, call, violate) }
  if (call.path.startsWith('/topapi/')) return { status: 200, body: topapi(state, call, violate) }
  if (route === 'POST /robot/sendBySession') return { status: 200, body: bySession(state, call, violate) }
  if (route === 'POST /robot/send') return { status: 200, body: robotSend(state, call, violate) }
  return null
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

async function upload(state: FakeState, call: Call, violate: Violate): Promise<object> {
  if (!state.isGoodToken(call.query.get('access_token'))) return { errcode: 40014, errmsg: 'token' }
  state.counted++
  if (call.query.get('type') !== 'image') violate('media/upload: type in the address')
  const headers = { 'content-type': String(call.headers['content-type']) }
  const form = await new Response(new Uint8Array(call.body), { headers }).formData()
  const file = form.get('media')
  if (form.get('type') !== 'image') violate('media/upload: type in the form')
  if (!(file instanceof File) || file.name === '' || file.type === '') {
    violate('media/upload: expected one file with a name and a type')
    return { errcode: 40035 }
  }
  const bytes = Buffer.from(await file.arrayBuffer())
  if (!bytes.subarray(0, PNG.length).equals(PNG)) return { errcode: 40004, errmsg: 'type' }
  const id = `@lADP${state.next('MEDIA')}`
  state.media.add(id)
  return { errcode: 0, errmsg: 'ok', type: 'image', media_id: id, created_at: state.clock.now() }
}

function bySession(state: FakeState, { query, body }: Call, violate: Violate): object {
  const session = state.webhooks.get(query.get('session') ?? '')
  if (!session || state.clock.now() > session.until) return { errcode: 300001, errmsg: 'session 不存在' }
  if (body.length >= WEBHOOK_MAX_BYTES) return { errcode: 460101, errmsg: 'message too long' }
  const result = WebhookBody.safeParse(JSON.parse(body.toString('utf8')))
  if (!result.success) {
    violate(`sendBySession: ${z.prettifyError(result.error)}`)
    return { errcode: 40035, errmsg: 'parameter' }
  }
  const message = result.data
  const text =
    message.msgtype === 'text' ? message.text.content : `${message.markdown.title}\n${message.markdown.text}`
  state.show({ to: session.to, form: 'webhook', text })
  return { errcode: 0, errmsg: 'ok' }
}
