import type { Card, CardAction } from '../model/card.ts'
import type { GoLiveReason, GoLiveReport, GoLiveScorer } from '../model/go-live.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface GoLiveInput {
  /** The version that is shown; null when nothing was evaluated yet. */
  readonly shown: ShownVersion | null
  /** The version in use; null: the rules. */
  readonly active: { readonly id: number; readonly kind: string } | null
  /** The version in use cannot speak: the rules do. */
  readonly idle: boolean
  /** The scorer of the rules. */
  readonly rules: string
  /** What just happened, as one line. */
  readonly said?: string
  /** Names of the missed customers that weigh most. */
  readonly missed: readonly string[]
  /** Another version to look at. */
  readonly other: number | null
}

export interface ShownVersion {
  readonly id: number
  readonly kind: string
  readonly state: keyof Text['model']['states']
  /** It has a model that can be used. */
  readonly usable: boolean
  /** Null when an older program wrote it. */
  readonly report: GoLiveReport | null
}

/** Baselines that stand beside the proposal, where they were judged. */
const YARDSTICKS = ['recency', 'silent-90']

/** The rules stay for want of customers or history: figures of so few would say more than is known. */
const LACKING: readonly GoLiveReason[] = [
  'no-orders',
  'no-customers',
  'short-history',
  'too-few-churns',
  'too-few-stays',
]

/** The back-test as one screen, with what an administrator may decide now (A54, L6). */
export function goLiveCard(input: GoLiveInput, text: Text): Card {
  const { shown, active, said } = input
  const { model } = text
  const title = titleOf(input, text)
  const report = shown?.report ?? null
  const figure = report && headline(report)
  const reason = report && model.reasons[report.reason](report.why)
  return fitCard({
    summary: said ?? (reason === null ? title : model.summary(title, reason)),
    title,
    tone: shown?.state === 'proposed' ? 'good' : 'neutral',
    ...(figure !== null && { figure: { value: text.common.percent(figure), label: model.caught } }),
    fields: report && !isLacking(report) ? fields(report, input, text) : [],
    facts: [
      ...(said === undefined ? [] : [said]),
      ...(shown === null ? [model.none] : []),
      ...(report ? findings(report, input, text) : []),
    ],
    notes: [
      [
        ...(report?.sample ? [model.sample(report.sample.customers, report.sample.of)] : []),
        model.inUse(inUse(input, text)),
        ...(active && input.idle ? [model.idle(active.id)] : []),
        ...(report ? [text.cards.asOf(text.common.day(report.asOf))] : []),
        ...(input.other === null ? [] : [model.earlier(String(input.other))]),
      ].join(' · '),
    ],
    actions: actions(input, text),
  })
}

function isLacking({ reason }: GoLiveReport): boolean {
  return LACKING.includes(reason)
}

/** Share of the churned that the replay warned of in time; null where too few were judged to say so. */
function headline(report: GoLiveReport): number | null {
  const { replay } = report
  return replay && replay.lost > 0 && !isLacking(report) ? replay.caught / replay.lost : null
}

function findings(report: GoLiveReport, input: GoLiveInput, text: Text): string[] {
  const why = isLacking(report) ? lacks(report, input, text) : reasons(report, text)
  return [...why, ...looks(report, input, text)]
}

/** The one line that tells of the outcome of an evaluation. */
function titleOf({ shown, active }: Pick<GoLiveInput, 'shown' | 'active'>, { model }: Text): string {
  if (!shown) return model.titles.none
  const isKept = shown.state === 'rules-stay' && active !== null
  const title = isKept ? model.titles['not-better'] : model.titles[shown.state]
  return `${title} · ${model.version(shown.id)}`
}

function fields(
  report: GoLiveReport,
  { shown }: GoLiveInput,
  text: Text,
): { label: string; value: string }[] {
  const { model, common } = text
  const { labels } = model
  const own = ownOf(report, shown)
  const { testAsOf, replay, horizonDays, churned, customers } = report
  if (!own || testAsOf === null) return []
  const rules = report.scorers.find((one) => one.name === report.rules && one !== own)
  const line = (figures: (one: GoLiveScorer) => (string | null)[]): string => {
    const value = (one: GoLiveScorer): string =>
      figures(one)
        .flatMap((figure) => figure ?? [])
        .join(' / ')
    return model.against(value(own), rules ? value(rules) : null)
  }
  const hits = ({ precisionAt5 }: GoLiveScorer): string | null =>
    precisionAt5 === null ? null : common.percent(precisionAt5)
  const test = model.test(model.scorer(own.name), common.date(testAsOf), horizonDays)
  return [
    { label: labels.test, value: test },
    { label: labels.churned, value: `${churned} / ${customers}` },
    { label: labels.ranking, value: line(({ auc }) => [digits(auc, 3)]) },
    { label: labels.top, value: line((one) => [model.times(digits(one.liftTop10, 1)), hits(one)]) },
    { label: labels.probability, value: line(({ brier, ece }) => [digits(brier, 3), digits(ece, 3)]) },
    ...(replay
      ? [{ label: labels.work, value: model.work(replay.leadDaysMedian, digits(replay.pushesPerRepDay, 2)) }]
      : []),
  ]
}

function ownOf(report: GoLiveReport, shown: GoLiveInput['shown']): GoLiveScorer | undefined {
  const name = best(report, shown?.kind ?? report.chosen)
  return report.scorers.find((one) => one.name === name)
}

/** The reason, and what the simplest rules would have done. */
function reasons(report: GoLiveReport, { model }: Text): string[] {
  const simple = report.scorers
    .filter(({ name }) => YARDSTICKS.includes(name))
    .map(({ name, auc }) => model.yardstick(model.scorer(name), digits(auc, 3)))
  return [[model.reasons[report.reason](report.why), model.yardsticks(simple)].join('')]
}

/** The reason first, then whom it was judged on; no figures of so few. */
function lacks(report: GoLiveReport, { shown }: GoLiveInput, { model, common }: Text): string[] {
  const own = ownOf(report, shown)
  const { testAsOf, horizonDays, churned, customers, reason, why } = report
  const reasonSaid = model.reasons[reason](why)
  if (!own || testAsOf === null) return [reasonSaid]
  const test = model.test(model.scorer(own.name), common.date(testAsOf), horizonDays)
  const { labels } = model
  return [reasonSaid, `${labels.test} ${test} · ${labels.churned} ${churned} / ${customers}`]
}

/** The scorer whose figures are shown: the proposal, or where the rules stay the model that ranked best. */
function best(report: GoLiveReport, chosen: string): string {
  if (chosen !== report.rules) return chosen
  const models = report.scorers.filter(({ name }) => name === 'blend')
  return models[0]?.name ?? report.rules
}

function looks({ look, change }: GoLiveReport, { shown, missed }: GoLiveInput, text: Text): string[] {
  const { model } = text
  const effect = [
    change ? model.change(change.customers, change.raised, change.lowered) : '',
    shown?.state === 'proposed' ? model.effect : '',
  ].join('')
  const names = missed.map((name) => clip(name, 10)).join(text.cards.comma)
  const scorer = look && (look.version === null ? model.scorer('rules') : model.version(look.version))
  return [
    ...(look && scorer !== null
      ? [model.look(scorer, look.missed.count, look.falseAlarms.count, look.churned, names)]
      : []),
    ...(change || shown?.state === 'proposed' ? [effect] : []),
  ]
}

function inUse({ active, idle, rules }: GoLiveInput, { model }: Text): string {
  return active && !idle ? model.versionOf(active.id, model.scorer(active.kind)) : model.scorer(rules)
}

/** Only what can be decided now; each button names the version and the state that it was drawn for. */
function actions({ shown, active }: GoLiveInput, text: Text): CardAction[] {
  const { buttons } = text.model
  const action = (
    label: string,
    payload: CardAction['payload'],
    style?: CardAction['style'],
  ): CardAction => ({
    action: 'go-live',
    label,
    ...(style && { style }),
    payload,
  })
  const about = { version: shown?.id ?? 0, from: shown?.state ?? 'none' }
  const open = shown?.state === 'proposed'
  return [
    ...(shown?.usable && shown.state !== 'active'
      ? [action(buttons.accept, { do: 'accept', ...about }, open ? 'primary' : 'default')]
      : []),
    ...(open ? [action(buttons.refuse, { do: 'refuse', ...about })] : []),
    ...(active ? [action(buttons.rules, { do: 'rules', version: active.id, from: 'active' })] : []),
    action(buttons.again, { do: 'again' }),
  ]
}

function digits(value: number | null, count: number): string {
  return value === null ? '-' : value.toFixed(count)
}
