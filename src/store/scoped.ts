import { type Expression, type ExpressionWrapper, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Schema } from '../db/schema.ts'
import type { Reach } from '../model/member.ts'

/**
 * The condition that keeps a query over `customers` inside a scope. Every read that a person triggers puts it
 * into its `where`.
 */
export function customersIn(scope: Scope): Expression<SqlBool> {
  const eb = expressionBuilder<Schema, 'customers'>()
  switch (scope.kind) {
    case 'all':
      return sql<SqlBool>`1 = 1`
    case 'none':
      return sql<SqlBool>`1 = 0`
    case 'own':
      return orReach(eb('customers.owner_id', '=', scope.memberId), scope.reach)
    case 'team':
      return orReach(
        eb('customers.owner_id', 'in', (sub) =>
          sub.selectFrom('members').select('members.id').where('members.team_id', '=', scope.teamId),
        ),
        scope.reach,
      )
  }
}

/** Short lists of ids, so that both databases keep to their indexes. */
function orReach(
  own: ExpressionWrapper<Schema, 'customers', SqlBool>,
  reach: Reach | undefined,
): Expression<SqlBool> {
  if (reach === undefined) return own
  const eb = expressionBuilder<Schema, 'customers'>()
  return eb.or([
    own,
    ...(reach.members.length > 0 ? [eb('customers.owner_id', 'in', reach.members)] : []),
    ...(reach.customers.length > 0 ? [eb('customers.id', 'in', reach.customers)] : []),
  ])
}
