import type { Scope } from '../access.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { type Period, parsePeriod } from '../stats/period.ts'
import type { Team } from '../store/chats.ts'
import type { Text } from '../text/index.ts'

interface Known {
  readonly teams: readonly Team[]
  readonly today: Day
  readonly scope: Scope
  readonly actor: Member
  readonly text: Text
}

/**
 * 本月 华东, 华东2026Q3, `last month`: a team of the words, the rest is the period; this month without one.
 * @throws AppError `bad-input` for words that are neither, `not-allowed` for a team outside the scope.
 */
export function readQuestion(words: string, known: Known): { period: Period; team: Team | null } {
  const { today, text } = known
  const { team, rest } = splitTeam(words, known)
  const period = parsePeriod(rest === '' ? '本月' : rest, today)
  if (!period) {
    throw new AppError('bad-input', 'no period', { say: text.cards.churn.unknownPeriod(rest) })
  }
  return { period, team }
}

/**
 * The team that the words name, if any, and the other words.
 * @throws AppError `not-allowed` for a team outside the scope.
 */
export function splitTeam(words: string, known: Omit<Known, 'today'>): { team: Team | null; rest: string } {
  const found = teamIn(words, known.teams)
  if (!found) return { team: null, rest: words.trim() }
  if (!inScope(found.team, known)) {
    throw new AppError('not-allowed', 'a team outside the scope', { say: known.text.cards.churn.noTeam })
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

function inScope(team: Team, { scope, actor }: Pick<Known, 'scope' | 'actor'>): boolean {
  if (scope.kind === 'all') return true
  if (scope.kind === 'team') return scope.teamId === team.id
  return scope.kind === 'own' && actor.teamId === team.id
}
