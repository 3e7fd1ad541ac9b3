import type { Answer, ScorerRow } from './answer.ts'
import { SETS, type Slice } from './plan.ts'

/** Scorers that the table of slices shows. */
const SHOWN = ['rules', 'blend', 'logistic', 'trees', 'mbg-nbd', 'pareto-nbd', 'recency', 'rfm'] as const

/** The table of one population, with its replay. */
export function populationTable(answer: Answer): string {
  const { test, scorers, chosen } = answer
  const head = `${count(test.customers)} customers as of ${test.asOf}, ${percent(test.churned / test.customers)} churned`
  return [
    `| ${head} | AUC | PR-AUC | lift | PR-AUC ret. | lift ret. | Brier | ECE |`,
    `|${'---|'.repeat(8)}`,
    ...scorers.map((one) => `| ${[nameOf(one.name, chosen), ...cells(one)].join(' | ')} |`),
    '',
    [...errorWords(scorers), ...levelWords(answer), ...replayWords(answer)].join(' '),
  ].join('\n')
}

/** The AUC of each scorer on other days and horizons, and means of AUC and Brier score. */
export function slicesTable(judged: readonly { slice: Slice; answer: Answer }[]): string {
  return [
    `| test day, horizon | n | churned | ${SHOWN.join(' | ')} | used |`,
    `|${'---|'.repeat(SHOWN.length + 4)}`,
    ...judged.map(({ slice, answer }) => {
      const { test, chosen } = answer
      const title = `${SETS[slice.set].title} ${slice.asOf}, ${slice.horizon}`
      const figures = SHOWN.map((name) => four(figureOf(answer, name, 'auc')))
      return `| ${[title, count(test.customers), percent(test.churned / test.customers), ...figures, chosen].join(' | ')} |`
    }),
    meanRow('mean AUC', judged, 'auc'),
    meanRow('mean Brier', judged, 'brier'),
    meanRow('mean ECE', judged, 'ece'),
  ].join('\n')
}

/** The text between the markers of a section; null without such markers. */
export function sectionOf(document: string, section: string): string | null {
  const [from, to] = markers(section)
  const [start, end] = [document.indexOf(from), document.indexOf(to)]
  return start < 0 || end < start ? null : document.slice(start + from.length, end).trim()
}

/** The document with other text between the markers. */
export function withSection(document: string, section: string, text: string): string {
  const [from, to] = markers(section)
  const [start, end] = [document.indexOf(from), document.indexOf(to)]
  if (start < 0 || end < start) throw new Error(`the document has no place for ${section}`)
  return `${document.slice(0, start + from.length)}\n\n${text}\n\n${document.slice(end)}`
}

function markers(section: string): [string, string] {
  return [`<!-- figures: ${section} -->`, `<!-- end: ${section} -->`]
}

function meanRow(
  title: string,
  judged: readonly { answer: Answer }[],
  figure: 'auc' | 'brier' | 'ece',
): string {
  const means = SHOWN.map((name) => {
    const values = judged.map(({ answer }) => figureOf(answer, name, figure))
    const known = values.filter((value) => value !== null)
    return known.length < values.length
      ? ''
      : four(known.reduce((sum, value) => sum + value, 0) / known.length)
  })
  return `| ${[title, '', '', ...means, ''].join(' | ')} |`
}

function figureOf({ scorers }: Answer, name: string, figure: 'auc' | 'brier' | 'ece'): number | null {
  return scorers.find((one) => one.name === name)?.[figure] ?? null
}

function nameOf(name: string, chosen: string): string {
  return name === chosen ? `**${name}** (chosen)` : name
}

function cells(one: ScorerRow): string[] {
  const { auc, prAuc, liftTop10, prAucRetained, liftTop10Retained, brier, ece } = one
  return [
    four(auc),
    four(prAuc),
    liftTop10.toFixed(2),
    four(prAucRetained),
    liftTop10Retained.toFixed(2),
    four(brier),
    four(ece),
  ]
}

function errorWords(scorers: readonly ScorerRow[]): string[] {
  const errors = scorers.map((one) => one.aucSe)
  return [`Standard error of the AUC at most ${four(Math.max(...errors))}.`]
}

function levelWords({ level, test, chosen }: Answer): string[] {
  if (!level) return []
  const range =
    level.low === null || level.high === null ? '' : ` (${percent(level.low)} to ${percent(level.high)})`
  const seen = level.method === 'same-season' ? 'last year’s season known' : 'such a season never seen'
  return [
    `Level by ${chosen}: ${percent(level.expected)}${range}, ${seen}; it came to ${percent(test.churned / test.customers)}.`,
  ]
}

function replayWords({ replay }: Answer): string[] {
  if (!replay) return []
  const { alerts, alertsPerDay, lost, caught, leadDaysMedian } = replay
  return [
    `Replay: ${count(alerts)} alerts (${alertsPerDay.toFixed(1)} a day for everybody together), ` +
      `${count(caught)} of ${count(lost)} losses foreseen, ${leadDaysMedian ?? '–'} days ahead in the middle.`,
  ]
}

/** .8401, and – for what does not exist. */
function four(value: number | null): string {
  return value === null ? '–' : value.toFixed(4).replace(/^0/, '')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function count(n: number): string {
  return n.toLocaleString('en')
}
