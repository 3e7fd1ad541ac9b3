import { createConnection, type Socket } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { seal, signatureOf } from '../support/fake-wecom/seal.ts'

/**
 * The client of the callback bench, in a thread of its own: plain sockets that are kept alive and requests that were
 * sealed before the clock starts, so that the server is what is measured.
 */
export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly requests: number
  /** Message ids begin here; each is used once. */
  readonly firstId: number
  readonly users: number
  readonly text: string
  readonly keys: { readonly token: string; readonly aesKey: string; readonly receiveId: string }
}

export interface LoadResult {
  readonly seconds: number
  /** Milliseconds from the request to its whole answer. */
  readonly times: readonly number[]
  /** Answers with a sealed reply inside. */
  readonly replies: number
  /** The last of them, for a look inside. */
  readonly lastReply: string
}

const END_OF_HEAD = '\r\n\r\n'

function requestOf(order: LoadOrder, n: number): Buffer {
  const { token, receiveId } = order.keys
  const id = order.firstId + n
  const now = Math.floor(Date.now() / 1000)
  const xml = `<xml><ToUserName><![CDATA[${receiveId}]]></ToUserName><FromUserName><![CDATA[rep-${id % order.users}]]></FromUserName><CreateTime>${now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${order.text}]]></Content><MsgId>${id}</MsgId><AgentID>1000002</AgentID></xml>`
  const sealed = seal(order.keys, xml)
  const query = new URLSearchParams({
    msg_signature: signatureOf(token, String(now), String(id), sealed),
    timestamp: String(now),
    nonce: String(id),
  })
  const body = `<xml><ToUserName><![CDATA[${receiveId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`
  const head = `POST /callbacks/wecom/app?${query} HTTP/1.1\r\nHost: localhost:${order.port}\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}`
  return Buffer.from(`${head}${END_OF_HEAD}${body}`)
}

/** Sends one request after the other over one connection, until `next` has none. */
function talk(socket: Socket, next: () => Buffer | undefined, heard: (body: string, ms: number) => void) {
  return new Promise<void>((resolve, reject) => {
    let received = ''
    let sentAt = 0
    function send(): void {
      const request = next()
      if (!request) {
        socket.end()
        resolve()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      const head = received.indexOf(END_OF_HEAD)
      if (head < 0) return
      if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(received.slice(0, head)))
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
      if (received.length < head + END_OF_HEAD.length + length) return
      heard(received.slice(head + END_OF_HEAD.length), performance.now() - sentAt)
      received = ''
      send()
    })
    send()
  })
}

async function load(order: LoadOrder): Promise<LoadResult> {
  const requests = Array.from({ length: order.requests }, (_, n) => requestOf(order, n))
  const times: number[] = []
  let [replies, lastReply] = [0, '']
  const sockets = Array.from({ length: order.connections }, () =>
    createConnection({ port: order.port, noDelay: true }),
  )
  let sent = 0
  const start = performance.now()
  await Promise.all(
    sockets.map((socket) =>
      talk(
        socket,
        () => requests[sent++],
        (body, ms) => {
          times.push(ms)
          if (body === '') return
          replies++
          lastReply = body
        },
      ),
    ),
  )
  return { seconds: (performance.now() - start) / 1000, times, replies, lastReply }
}

parentPort?.on('message', (order: LoadOrder) => {
  load(order).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      throw error
    },
  )
})
