import { expect, it } from 'vitest'
import { readCardCallback } from '../../adapters/dingtalk/inbound.ts'
import { createRepeatedPresses } from '../../adapters/dingtalk/repeated-presses.ts'

const MINUTE = 60_000
const press = JSON.stringify({ a: 'snooze', p: { case: 1 }, s: '0' })

function pressed(at: number, userId = 'LiJing') {
  const content = JSON.stringify({ cardPrivateData: { params: { press } } })
  const inbound = readCardCallback(JSON.stringify({ outTrackId: 't', corpId: 'c', userId, content }), 'c', at)
  if (inbound.kind !== 'event') throw new Error(inbound.kind)
  return inbound.event
}

it('a repeat within a minute is the same press, also in the next minute of the clock', () => {
  const sameAgain = createRepeatedPresses()
  const { id } = sameAgain(pressed(MINUTE - 100))
  expect(sameAgain(pressed(MINUTE + 900)).id).toBe(id)
  expect(sameAgain(pressed(MINUTE - 200)).id).toBe(id)
  expect(sameAgain(pressed(MINUTE + 900, 'ChenLi')).id).not.toBe(id)
})

it('a later press is another one, whatever was repeated before', () => {
  const sameAgain = createRepeatedPresses()
  const { id } = sameAgain(pressed(MINUTE - 100))
  sameAgain(pressed(MINUTE + 50_000))
  expect(sameAgain(pressed(2 * MINUTE)).id).not.toBe(id)
})

it('two processes take presses of one minute for the same', () => {
  const [one, other] = [createRepeatedPresses(), createRepeatedPresses()]
  expect(one(pressed(1_000)).id).toBe(other(pressed(30_000)).id)
})
