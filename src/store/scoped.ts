import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Schema } from '../db/schema.ts'

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
      return eb('customers.owner_id', '=', scope.memberId)
    case 'team':
      return eb('customers.owner_id', 'in', (sub) =>
        sub.selectFrom('members').select('members.id').where('members.team_id', '=', scope.teamId),
      )
  }
}
