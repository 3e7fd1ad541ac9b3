import type { Card, CardAction } from '../model/card.ts'
import { wilson } from '../model/cohort.ts'
import type { SignalRecord } from '../model/quiet-signal.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** Lines that title, definition, buttons' words and `said` leave. */
const SHOWN = 8
/** Muted signals with a button each. */
const BUTTONS = 3

/** 信号: each signal with its false alarms among the newest decided alerts; muted ones first, then the worst. */
export function signalsCard(
  records: readonly SignalRecord[],
  { window, said }: { readonly window: number; readonly said?: string },
  text: Text,
): Card {
  const words = text.noise.signals
  const muted = records.filter((one) => one.state === 'muted')
  const shown = records.toSorted(worstFirst).slice(0, SHOWN)
  return fitCard({
    summary: said ?? words.summary(muted.length),
    title: words.title,
    facts: [
      ...(said === undefined ? [] : [said]),
      ...(shown.length === 0 ? [words.none] : []),
      ...shown.map((one) => `${recordLine(one, window, text)}${words.states[one.state]}`),
    ],
    notes: [words.definition(window), words.howTo],
    actions: muted.slice(0, BUTTONS).map((one) => ({
      ...restoreButton(one.signal, text),
      label: `${words.restore} ${signalName(one.signal, text)}`,
    })),
  })
}

/** What the administrator is told when a signal is often wrong, or was muted for it. */
export function signalNewsCard(record: SignalRecord, window: number, text: Text): Card {
  const words = text.noise.signals
  const muted = record.state === 'muted'
  const { title, note } = muted ? words.muted : words.warned
  const name = signalName(record.signal, text)
  const line = recordLine(record, window, text)
  const payload = { signal: record.signal }
  return fitCard({
    summary: `${title(name)} · ${line}`,
    title: title(name),
    tone: 'warning',
    facts: [line, note],
    notes: [muted ? words.restoreNote : words.definition(window)],
    actions: muted
      ? [
          restoreButton(record.signal, text),
          { action: 'signals', label: words.keep, payload: { ...payload, do: 'keep' } },
        ]
      : [{ action: 'signals', label: words.muteButton, payload: { ...payload, do: 'mute' } }],
  })
}

/** The title of a signal; one that has none is called by its id. */
export function signalName(signal: string, text: Text): string {
  return text.scoring.signals[signal] ?? signal
}

/** 沉默：误报 8/20 = 40.0 %（区间 21.9–61.3 %）; without a share while the window is not full. */
function recordLine({ signal, decided, falseAlarms }: SignalRecord, window: number, text: Text): string {
  const words = text.noise.signals
  const line = words.line(signalName(signal, text), falseAlarms, decided)
  if (decided < window) return `${line}${words.few}`
  const [from, to] = wilson(falseAlarms, decided)
  const { percent } = text.common
  return `${line}${words.share(percent(falseAlarms / decided), `${percent(from)}–${percent(to)}`)}`
}

function restoreButton(signal: string, text: Text): CardAction {
  return {
    action: 'signals',
    label: text.noise.signals.restore,
    style: 'primary',
    payload: { signal, do: 'restore' },
  }
}

function worstFirst(a: SignalRecord, b: SignalRecord): number {
  const share = (one: SignalRecord): number => one.falseAlarms / Math.max(1, one.decided)
  return (
    Number(b.state === 'muted') - Number(a.state === 'muted') ||
    share(b) - share(a) ||
    b.decided - a.decided ||
    (a.signal < b.signal ? -1 : 1)
  )
}
