import { isAscii, isUtf8 } from 'node:buffer'
import { AppError } from '../errors.ts'

/**
 * Bytes of a text file in an unknown encoding → valid UTF-8. A byte order mark decides; without one, pure ASCII
 * passes until the first other byte, and the chunk that holds it is either valid UTF-8 or taken as GB18030
 * (which includes GBK and GB2312, what Chinese Excel writes).
 * @throws AppError `bad-input` for what is no text, and for bytes that do not fit the encoding.
 */
export async function* decodeToUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decode: Decoder | null = null
  for await (const chunk of chunks) {
    decode ??= decoderFor(chunk)
    const text = decode(chunk)
    if (text.length > 0) yield text
  }
  const rest = decode?.(null)
  if (rest && rest.length > 0) yield rest
}

/** Takes the next chunk (null at the end) and gives what can be decoded so far. */
type Decoder = (chunk: Buffer | null) => Buffer

const NOTHING: Buffer = Buffer.alloc(0)
const UTF8_BOM = 3

function decoderFor(first: Buffer): Decoder {
  const [a, b, c] = first
  if (a === 0xff && b === 0xfe) return converting('utf-16le', 'UTF-16')
  if (a === 0xfe && b === 0xff) return converting('utf-16be', 'UTF-16')
  if (a === 0xef && b === 0xbb && c === 0xbf) return withoutBom(utf8Decoder(NOTHING))
  return detecting()
}

function withoutBom(decode: Decoder): Decoder {
  let first = true
  return (chunk) => {
    if (!first || chunk === null) return decode(chunk)
    first = false
    return decode(chunk.subarray(UTF8_BOM))
  }
}

function detecting(): Decoder {
  let decided: Decoder | null = null
  let carry: Buffer = NOTHING
  return (chunk) => {
    if (decided) return decided(chunk)
    if (chunk === null) return carry.length === 0 ? NOTHING : converting('gb18030', 'GB18030')(carry)
    refuseBinary(chunk)
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    if (isAscii(bytes)) return bytes
    const whole = bytes.subarray(0, bytes.length - cutSequence(bytes))
    if (isAscii(whole)) {
      // Only a cut sequence is left over: the next chunk tells what it is.
      carry = bytes.subarray(whole.length)
      return whole
    }
    decided = isUtf8(whole) ? utf8Decoder(NOTHING) : converting('gb18030', 'GB18030 or UTF-8')
    return decided(bytes)
  }
}

function utf8Decoder(start: Buffer): Decoder {
  let carry = start
  return (chunk) => {
    if (chunk === null && carry.length > 0) throw undecodable('UTF-8')
    if (chunk === null) return NOTHING
    refuseBinary(chunk)
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const whole = bytes.subarray(0, bytes.length - cutSequence(bytes))
    if (!isUtf8(whole)) throw undecodable('UTF-8')
    carry = bytes.subarray(whole.length)
    return whole
  }
}

function converting(encoding: string, name: string): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (chunk) => {
    if (chunk !== null && !encoding.startsWith('utf-16')) refuseBinary(chunk)
    try {
      return Buffer.from(chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true }))
    } catch {
      throw undecodable(name)
    }
  }
}

/** How many bytes at the end of `bytes` begin a UTF-8 sequence that is not complete. */
function cutSequence(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? back : 0
  }
  return 0
}

function refuseBinary(chunk: Buffer): void {
  if (!chunk.includes(0)) return
  const say = 'The file holds binary data, not text. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx).'
  throw new AppError('bad-input', 'the file is not text', { say })
}

function undecodable(encoding: string): AppError {
  return new AppError('bad-input', 'the file cannot be decoded', {
    say: `The file is not valid ${encoding}. Save it as UTF-8 (in Excel: "CSV UTF-8").`,
  })
}
