import { TIERS } from '../../model/churn.ts'
import type { PlayCell } from '../../model/play.ts'
import { ALL_STAGES, type PlayFile, REST, splitKeys } from './book-schema.ts'

/** One line of the matrix: a play with the keys that lead to it. */
interface Line {
  readonly path: string
  readonly play: string
  readonly cause: string
  readonly tier: string
  readonly stage: string
}

export interface Matrix {
  /** Play by `cellKey`. Complete when there are no problems. */
  readonly cells: ReadonlyMap<string, string>
  /** Everything wrong with it, each with its path. */
  readonly problems: readonly string[]
}

export function cellKey({ cause, tier, stage }: PlayCell): string {
  return `${cause} ${tier} ${stage}`
}

/** Every cell there is: cause × tier × stage of both presets. */
export function cellsOf(causes: readonly string[]): PlayCell[] {
  return causes.flatMap((cause) =>
    TIERS.flatMap((tier) => ALL_STAGES.map((stage) => ({ cause, tier, stage }))),
  )
}

/** Walks every cell by the most exact line: its tier before `*`, then its stage before `*`. */
export function resolveMatrix(file: PlayFile): Matrix {
  const lines = linesOf(file)
  const cells = new Map<string, string>()
  const reached = new Set<Line>()
  const problems = [...repeated(lines), ...unknownNames(file, lines)]
  for (const cell of cellsOf(Object.keys(file.causes))) {
    const line = lineFor(lines, cell)
    if (!line) {
      problems.push(`matrix.${cell.cause}.${cell.tier}.${cell.stage}: no play; add a line or '${REST}'`)
      continue
    }
    reached.add(line)
    cells.set(cellKey(cell), line.play)
  }
  for (const line of lines) {
    if (!reached.has(line))
      problems.push(`${line.path}: no cell comes here; remove ${line.tier} · ${line.stage}`)
  }
  const used = new Set(cells.values())
  for (const id of Object.keys(file.plays))
    if (!used.has(id)) problems.push(`plays.${id}: no cell leads to it`)
  return { cells, problems }
}

function lineFor(lines: readonly Line[], { cause, tier, stage }: PlayCell): Line | undefined {
  const row = lines.filter((line) => line.cause === cause)
  const ofTier = row.some((line) => line.tier === tier) ? tier : REST
  const inTier = row.filter((line) => line.tier === ofTier)
  return inTier.find((line) => line.stage === stage) ?? inTier.find((line) => line.stage === REST)
}

function linesOf({ matrix }: PlayFile): Line[] {
  return Object.entries(matrix).flatMap(([cause, tiers]) =>
    Object.entries(tiers).flatMap(([tierKeys, stages]) =>
      splitKeys(tierKeys).flatMap((tier) => {
        const path = `matrix.${cause}.${tierKeys}`
        if (typeof stages === 'string') return [{ path, play: stages, cause, tier, stage: REST }]
        return Object.entries(stages).flatMap(([stageKeys, play]) =>
          splitKeys(stageKeys).map((stage) => ({ path: `${path}.${stageKeys}`, play, cause, tier, stage })),
        )
      }),
    ),
  )
}

/** The same cell said twice. */
function repeated(lines: readonly Line[]): string[] {
  const seen = new Set<string>()
  return lines.flatMap(({ path, cause, tier, stage }) => {
    const key = `${cause} ${tier} ${stage}`
    if (seen.has(key)) return [`${path}: said before for ${tier} · ${stage}`]
    seen.add(key)
    return []
  })
}

function unknownNames(file: PlayFile, lines: readonly Line[]): string[] {
  return [
    ...Object.keys(file.matrix)
      .filter((cause) => !Object.hasOwn(file.causes, cause))
      .map((cause) => `matrix.${cause}: there is no such cause`),
    ...lines
      .filter(({ play }) => !Object.hasOwn(file.plays, play))
      .map(({ path, play }) => `${path}: there is no play ${play}`),
  ]
}
