import {
  type BeforeAfter,
  PREVIEW_FIELDS,
  type Preview,
  type PreviewField,
  type PreviewState,
  type SettingChange,
  type SettingValue,
} from '../model/preview.ts'
import type { Text } from '../text/index.ts'

/** 3 of the ways customers go; the others are in the total. */
const MAX_MOVES = 3

/** `scoring.bands.high：0.6 → 0.7`. */
export function changeLine({ path, before, after }: SettingChange, text: Text): string {
  return text.preview.change(settingName(path, text), valueWords(before, text), valueWords(after, text))
}

/** 高 for `scoring.bands.high`; the path where there is no name. */
export function settingName(path: string, text: Text): string {
  const names = { ...text.preview.names, ...text.preview.elsewhere }
  return Object.entries(names).find(([known]) => known === path)?.[1] ?? path
}

export function valueWords(value: SettingValue | undefined, text: Text): string {
  if (value === undefined) return text.preview.unset
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** One line a field that changes for somebody: `风险等级变化 21 家：高→中 15、…`. */
export function fieldLines({ changed, moves }: Preview, text: Text): string[] {
  return PREVIEW_FIELDS.filter((field) => changed[field] > 0).map((field) => {
    const shown = moves
      .filter((one) => one.field === field)
      .slice(0, MAX_MOVES)
      .map(({ before, after, customers }) =>
        text.preview.move(stateWord(field, before, text), stateWord(field, after, text), customers),
      )
    const total = text.preview.changed(text.preview.fields[field], changed[field])
    return `${total}${text.cards.colon}${shown.join(text.cards.comma)}`
  })
}

/** What reps would notice: customers at risk, per rep, and new warnings over the past weeks. */
export function loadLines({ atRisk, reps, pushes }: Preview, text: Text): string[] {
  const perRep = rounded({ before: atRisk.before / reps, after: atRisk.after / reps }, 1)
  const perDay = pushes && rounded(pushes.perRepDay, 2)
  return [
    text.preview.atRisk(atRisk.before, atRisk.after),
    text.preview.perRep(perRep.before, perRep.after, reps),
    ...(pushes && perDay ? [text.preview.pushes(pushes.weeks, perDay.before, perDay.after)] : []),
  ]
}

/** `甲公司：高 → 中`. */
export function exampleLine(example: Preview['examples'][number], text: Text): string {
  const { before, after } = example
  const fields = PREVIEW_FIELDS.filter((field) => before[field] !== after[field])
  const words = (state: PreviewState): string =>
    fields.map((field) => stateWord(field, String(state[field]), text)).join(' ')
  return text.preview.example(example.name, words(before), words(after))
}

function stateWord(field: PreviewField, value: string, text: Text): string {
  const catalogue: Readonly<Record<PreviewField, Readonly<Record<string, string>>>> = {
    band: text.common.bands,
    tier: text.common.tiers,
    stage: text.scoring.stages,
    churned: { false: text.preview.churned[0], true: text.preview.churned[1] },
  }
  return catalogue[field][value] ?? value
}

function rounded({ before, after }: BeforeAfter, digits: number): { before: string; after: string } {
  return { before: before.toFixed(digits), after: after.toFixed(digits) }
}
