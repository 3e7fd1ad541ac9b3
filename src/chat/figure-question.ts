import { type Scope, withoutReach } from '../access.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import { type Period, parsePeriod } from '../stats/period.ts'
import { type Team, teams } from '../store/chats.ts'
import type { Text } from '../text/index.ts'
import type { Call } from './command.ts'
import { needGroupTeam } from './group-scope.ts'

type Asker = Pick<Call<unknown>, 'where' | 'scope' | 'actor' | 'text' | 'today'>

/** Of when and of whose customers a figure is asked for. */
export interface FigureQuestion {
  readonly period: Period
  /** The customers that are counted: those of the asker or the group, of the named team alone where one is named. */
  readonly scope: Scope
  /** The named team; null: none was named. */
  readonly team: Team | null
  /** Whose figure it is, as a title says it; empty: everybody's. */
  readonly whose: string
}

/** 流失率多少, 流失 本月怎么样 */
const ASIDE = /是?多少|有?几[个家]|怎么样|情况|率/g

/**
 * 本月 华东, 华东2026Q3, 近30天, `last month`: a team of the words, the rest is the period.
 * @param usual without a period the last so many days; by default this month
 * @throws AppError `bad-input` for words that are neither and in a group without a team, `not-allowed` for a team
 * outside the scope
 */
export async function readQuestion(
  ctx: Ctx,
  asker: Asker,
  words: string,
  { usual }: { readonly usual?: number } = {},
): Promise<FigureQuestion> {
  needGroupTeam(asker)
  const all = await teams(ctx)
  const { team, rest } = splitTeam(words.replace(ASIDE, ' '), all, asker)
  const mine = withoutReach(asker.scope)
  const scope: Scope = team && mine.kind === 'all' ? { kind: 'team', teamId: team.id } : mine
  const named = scope.kind === 'team' ? all.find((one) => one.id === scope.teamId)?.name : undefined
  const whose = scope.kind === 'own' ? asker.actor.name : (named ?? '')
  return { period: periodIn(rest, usual, asker), scope, team, whose }
}

const LAST_DAYS = /^(?:近|最近|last)\s*(\d{1,3})\s*(?:天|日|days?)$/i

function periodIn(words: string, usual: number | undefined, { today, text }: Asker): Period {
  const [, last] = LAST_DAYS.exec(words.normalize('NFKC')) ?? []
  const days = words === '' ? usual : Number(last ?? 0)
  if (days) return lastDays(days, today, text)
  const period = parsePeriod(words === '' ? '本月' : words, today)
  if (!period) throw new AppError('bad-input', 'no period', { say: text.cards.churn.unknownPeriod(words) })
  return period
}

function lastDays(days: number, today: Day, text: Text): Period {
  return { label: text.stats.lastDays(days), from: today - days, to: today }
}

/** The team that the words name, if any, and the other words. */
function splitTeam(
  words: string,
  all: readonly Team[],
  asker: Asker,
): { readonly team: Team | null; readonly rest: string } {
  const found = teamIn(words, all)
  if (!found) return { team: null, rest: words.trim() }
  if (!inScope(found.team, asker)) {
    throw new AppError('not-allowed', 'a team outside the scope', { say: asker.text.cards.churn.noTeam })
  }
  const rest = words
    .replace(found.word, ' ')
    .replace(/^\s*[组队]\s*$/, '')
    .trim()
  return { team: found.team, rest }
}

/** The longest team name or region that stands in the words. */
function teamIn(words: string, teams: readonly Team[]): { team: Team; word: string } | null {
  const named = teams.flatMap((team) =>
    [team.name, team.region].flatMap((word) => (word !== null && word !== '' ? [{ team, word }] : [])),
  )
  const found = named.filter(({ word }) => words.includes(word))
  return found.sort((a, b) => b.word.length - a.word.length)[0] ?? null
}

function inScope(team: Team, { scope, actor }: Pick<Asker, 'scope' | 'actor'>): boolean {
  if (scope.kind === 'all') return true
  if (scope.kind === 'team') return scope.teamId === team.id
  return scope.kind === 'own' && actor.teamId === team.id
}
