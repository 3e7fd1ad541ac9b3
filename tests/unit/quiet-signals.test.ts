import { describe, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { signalNewsCard, signalsCard } from '../../src/cards/signals.ts'
import type { SignalRecord, SignalStanding, SignalState, Verdict } from '../../src/model/quiet-signal.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { judgeSignal, recordsOf } from '../../src/push/judge-signal.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'

const limits = Settings.parse({}).noise.signals
const active: SignalStanding = { signal: 'silence', state: 'active', windowFrom: 0 }

function record(falseAlarms: number, over: Partial<SignalRecord> = {}): SignalRecord {
  return { ...active, decided: 20, falseAlarms, ...over }
}

describe('the record of a signal', () => {
  const verdict = (at: number, falseAlarm: boolean, signal = 'silence'): Verdict => ({
    signal,
    at,
    falseAlarm,
  })

  it('counts the newest of its own verdicts, and only those since it began to count', () => {
    const verdicts = [verdict(9, true), verdict(8, true, 'overdue'), verdict(7, false), verdict(6, true)]
    expect(recordsOf([active], verdicts, 2)).toMatchObject([{ decided: 2, falseAlarms: 1 }])
    expect(recordsOf([{ ...active, windowFrom: 7 }], verdicts, 20)).toMatchObject([
      { decided: 1, falseAlarms: 1 },
    ])
  })
})

describe('what follows from 20 decided alerts', () => {
  it.each<[number, SignalState]>([
    [2, 'active'],
    [3, 'warned'],
    [6, 'warned'],
    [7, 'muted'],
    [20, 'muted'],
  ])('%i false alarms: %s', (falseAlarms, state) => {
    expect(judgeSignal(record(falseAlarms), limits)).toBe(state)
  })

  it('with fewer nothing at all', () => {
    expect(judgeSignal(record(19, { decided: 19 }), limits)).toBe('active')
  })

  it('a warning ends below 10 %, not at once below 15 %', () => {
    expect(judgeSignal(record(2, { state: 'warned' }), limits)).toBe('warned')
    expect(judgeSignal(record(1, { state: 'warned' }), limits)).toBe('active')
  })

  it('muted stays muted until a person restores it', () => {
    expect(judgeSignal(record(0, { state: 'muted' }), limits)).toBe('muted')
  })

  it.each(['complaint', 'contact-change', 'contact-deleted', 'cancel'])('%s is only warned of', (signal) => {
    expect(judgeSignal(record(20, { signal }), limits)).toBe('warned')
  })

  it('nothing is muted by itself where that is switched off', () => {
    expect(judgeSignal(record(20), { ...limits, autoMute: false })).toBe('warned')
  })
})

describe('signals that are wrong with a known probability', () => {
  /** Decided alerts until the signal is muted; null: never within `most`. */
  function mutedAfter(falseShare: number, seed: number, most: number): number | null {
    const random = seededRandom(seed)
    const verdicts: Verdict[] = []
    let standing = active
    for (let n = 1; n <= most; n++) {
      verdicts.unshift({ signal: 'silence', at: n, falseAlarm: random() < falseShare })
      const [now] = recordsOf([standing], verdicts, limits.window)
      if (!now) continue
      standing = { ...standing, state: judgeSignal(now, limits) }
      if (standing.state === 'muted') return n
    }
    return null
  }
  const runs = (falseShare: number, most: number): (number | null)[] =>
    Array.from({ length: 500 }, (_, seed) => mutedAfter(falseShare, seed + 1, most))

  it('40 % false: half of the runs mute at the first full window, all but a few within 60 alerts', () => {
    const ends = runs(0.4, 60)
    const within = (n: number): number => ends.filter((end) => end !== null && end <= n).length / ends.length
    // P(Bin(20, 0.4) ≥ 7) = 0.75
    expect(within(20)).toBeGreaterThan(0.68)
    expect(within(60)).toBeGreaterThan(0.97)
  })

  it('5 % false: fewer than 1 in 100 runs mute it within 250 alerts', () => {
    expect(runs(0.05, 250).filter((end) => end !== null).length / 500).toBeLessThan(0.01)
  })
})

describe.each(['zh-CN', 'en'] as const)('its cards in %s', (locale) => {
  const text = textFor(locale)

  it('show share and interval of a full window, and none of a smaller one', () => {
    const few = record(3, { signal: 'overdue', decided: 9 })
    const lines = cardLines(signalsCard([few, record(8, { state: 'muted' })], { window: 20 }, text))
    // Wilson 8/20: 21.9 % to 61.3 %.
    expect(lines.join('\n')).toMatch(/8\/20 = 40\.0 %.*21\.9 %–61\.3 %/)
    expect(lines.find((line) => line.includes('3/9'))).not.toContain('%')
    expect(lines[1]).toContain('8/20')
  })

  it('fit one screen with every signal there is, and the news has its buttons', () => {
    const all = Object.keys(text.scoring.signals).map((signal) => record(7, { signal, state: 'muted' }))
    expect(cardLines(signalsCard(all, { window: 20, said: 'x' }, text)).length).toBeLessThanOrEqual(12)
    const news = signalNewsCard(record(8, { state: 'muted' }), 20, text)
    expect(news.actions?.map((one) => one.payload.do)).toEqual(['restore', 'keep'])
    expect(signalNewsCard(record(4, { state: 'warned' }), 20, text).actions).toHaveLength(1)
  })
})
