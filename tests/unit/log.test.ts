import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { createLog, redact } from '../../src/log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let out = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk)
      done()
    },
  })
  write(createLog('debug', stream))
  return out
}

describe('log', () => {
  it('never shows secrets, phones or chat text, however deep', () => {
    const out = logged((log) =>
      log.info(
        {
          accessToken: 'abc-secret',
          nested: { text: '联系了张总', list: [{ phone: '13800138000' }] },
          url: 'call 13900139000 now',
          error: new AppError('upstream', 'refused for 13700137000', { data: { corpsecret: 'xyz' } }),
        },
        'something happened',
      ),
    )
    for (const leak of ['abc-secret', '张总', '13800138000', '13900139000', '13700137000', 'xyz']) {
      expect(out).not.toContain(leak)
    }
    expect(JSON.parse(out)).toMatchObject({ msg: 'something happened', level: 'info' })
  })

  it('bounds depth and survives cycles', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(JSON.stringify(redact(loop))).toContain('[deep]')
  })

  it('keeps the facts of a child', () => {
    const out = logged((log) => log.child({ job: 'score' }).warn({ n: 3 }, 'slow'))
    expect(JSON.parse(out)).toMatchObject({ job: 'score', n: 3, level: 'warn' })
  })
})
