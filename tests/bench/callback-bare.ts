import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import Koa from 'koa'
import { CORP } from '../support/fake-wecom/index.ts'

/** The least that answers a callback: Koa, the library, no checks, nothing stored. Decrypts, and encrypts it back. */
const app = new Koa()
app.silent = true
app.use(async (http) => {
  const parts: Buffer[] = []
  for await (const part of http.req) parts.push(part)
  const sealed = /<Encrypt><!\[CDATA\[([^\]]*)/.exec(Buffer.concat(parts).toString())?.[1] ?? ''
  const { timestamp, nonce, msg_signature: signature } = http.query
  if (getSignature(CORP.token, Number(timestamp), Number(nonce), sealed) !== signature) return
  const { message } = decrypt(CORP.aesKey, sealed)
  const reply = encrypt(CORP.aesKey, message, CORP.corpId)
  const signed = getSignature(CORP.token, Number(timestamp), Number(nonce), reply)
  http.type = 'text/xml'
  http.body = `<xml><Encrypt><![CDATA[${reply}]]></Encrypt><MsgSignature><![CDATA[${signed}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
})
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
