import { expect, it } from 'vitest'
import { createReplays } from '../../adapters/wecom/replay.ts'
import { steppedClock } from '../support/stepped-clock.ts'

const make = () =>
  createReplays(
    steppedClock(0, async () => undefined),
    60_000,
    2,
  )

it('does what is asked twice at a time once, and gives both the answer', async () => {
  const replays = make()
  let done = 0
  const work = async () => `answer ${++done}`
  expect(await Promise.all([replays.once('a', work), replays.once('a', work)])).toEqual([
    'answer 1',
    'answer 1',
  ])
  expect(await replays.once('a', work)).toBe('answer 2')
})

it('forgets what failed, also where it failed at once', async () => {
  const replays = make()
  const fail = (): never => {
    throw new Error('at once')
  }
  await expect(replays.once('a', fail)).rejects.toThrow('at once')
  await expect(replays.once('a', async () => fail())).rejects.toThrow('at once')
  expect(await replays.once('a', async () => 'answer')).toBe('answer')
})

it('remembers what needed no answer, in bounded memory', async () => {
  const replays = make()
  let done = 0
  const work = async () => {
    done++
    return null
  }
  for (const key of ['a', 'a', 'b', 'c']) await replays.once(key, work)
  expect([done, replays.size]).toEqual([3, 2])
  await replays.once('a', work)
  expect(done).toBe(4)
})
