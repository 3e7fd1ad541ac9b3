import { expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import { startedParts } from '../../src/main/parts.ts'
import { startAdapters } from '../../src/main/start-adapters.ts'
import { fakeAdapter } from '../support/fake-adapter.ts'

const log = createLog('silent')

it('stops the other way round, whatever fails on the way, and once only', async () => {
  const stopped: string[] = []
  const parts = startedParts(log)
  for (const name of ['database', 'dispatcher', 'http'])
    parts.add(name, async () => {
      stopped.push(name)
      if (name === 'dispatcher') throw new Error('broken')
    })
  await parts.stop()
  await parts.stop()
  expect(stopped).toEqual(['http', 'dispatcher', 'database'])
})

it('a platform that cannot start does not keep the others from it', async () => {
  const [broken, sound] = [fakeAdapter('broken'), fakeAdapter('sound')]
  broken.start = async () => {
    throw new Error('no such server')
  }
  let accepted = 0
  sound.start = async (accept) => accept({ id: '1', at: 0, who: person, where: chat, kind: 'joined' })
  await startAdapters([broken, sound], async () => void accepted++, log)
  expect(accepted).toBe(1)
})

const person = { platform: 'sound', id: 'li', name: '李娜' }
const chat = { kind: 'dm', id: 'li' } as const
