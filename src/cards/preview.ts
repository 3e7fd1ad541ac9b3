import type { Card, CardAction } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Preview, SettingChange, SettingSets } from '../model/preview.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'
import { changeLine, exampleLine, fieldLines, loadLines, settingName, valueWords } from './preview-lines.ts'

const MAX_CHANGES = 3
const MAX_EXAMPLES = 2
const MAX_SETS = 8

/** 试算 was understood: the answer follows as a card of its own. */
export function previewAskedCard(changes: readonly SettingChange[], text: Text): Card {
  const words = text.preview.chat
  return fitCard({
    summary: words.asked,
    title: words.asked,
    facts: changes.map((one) => changeLine(one, text)),
    notes: [words.askedNote],
  })
}

/** 本次改动影响 37 家: what would change, and 保存 or 放弃. Nothing is saved without it. */
export function previewCard({ version, preview }: { version: number; preview: Preview }, text: Text): Card {
  const words = text.preview
  const action = (label: string, what: string, style: CardAction['style']): CardAction => ({
    action: 'preview',
    label,
    ...(style && { style }),
    payload: { version, do: what },
  })
  return fitCard({
    summary: words.summary(preview.affected, preview.customers),
    title: words.title(preview.affected),
    facts: [
      ...changesShown(preview.changes, text),
      ...fieldLines(preview, text),
      ...loadLines(preview, text),
      ...preview.examples.slice(0, MAX_EXAMPLES).map((one) => exampleLine(one, text)),
    ],
    notes: [`${words.asOf(text.common.day(preview.asOf))} · ${words.chat.notSaved}`],
    actions: [
      action(words.chat.buttons.save, 'save', 'primary'),
      action(words.chat.buttons.drop, 'drop', 'default'),
    ],
  })
}

/** The draft could not be scored. */
export function previewFailedCard(changes: readonly SettingChange[], text: Text): Card {
  const words = text.preview.chat
  return fitCard({
    summary: words.failed,
    title: words.failed,
    tone: 'warning',
    facts: changesShown(changes, text),
    notes: [words.failedNote],
  })
}

/** What is saved over the settings of the file; `said`: what just happened. */
export function settingsCard(
  input: { version: number | null; savedOn: Day | null; sets: SettingSets; said?: string },
  text: Text,
): Card {
  const words = text.preview.chat
  const { version, savedOn, sets, said } = input
  const title =
    version === null || savedOn === null ? words.file : words.saved(version, text.common.day(savedOn))
  const lines = Object.entries(sets).map(([path, value]) =>
    words.set(settingName(path, text), valueWords(value, text)),
  )
  return fitCard({
    summary: said ?? title,
    title: said ?? title,
    facts: [...(said === undefined ? [] : [title]), ...lines.slice(0, MAX_SETS)],
    notes: [words.howTo],
    ...(version !== null && {
      actions: [{ action: 'preview', label: words.buttons.restore, payload: { version, do: 'restore' } }],
    }),
  })
}

function changesShown(changes: readonly SettingChange[], text: Text): string[] {
  const lines = changes.slice(0, MAX_CHANGES).map((one) => clip(changeLine(one, text), 48))
  const more = changes.length - lines.length
  return more > 0 ? [...lines, text.push.more(more)] : lines
}
