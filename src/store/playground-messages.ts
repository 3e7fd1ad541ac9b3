import type { Kysely, Selectable } from 'kysely'
import { type Ctx, inTransaction } from '../context.ts'
import type { PlaygroundMessagesTable, Schema } from '../db/schema.ts'
import type {
  MessageHistory,
  NewPlaygroundMessage,
  PlaygroundBody,
  PlaygroundMessage,
} from '../model/playground.ts'

type Row = Selectable<PlaygroundMessagesTable>

/** The playground's messages in the database: they outlive a restart, and a repeated key is stored once. */
export function playgroundHistory(ctx: Ctx): MessageHistory {
  return {
    add: (message) => inTransaction(ctx, (inner) => addOnce(inner, message)),
    replace: (id, body) => inTransaction(ctx, (inner) => replaceBody(inner, id, body)),
    find: (id) => findMessage(ctx, id),
    page: (chat, before, limit) => pageOf(ctx, chat, before, limit),
    changes: (chats, revision, limit) => changesAfter(ctx, chats, revision, limit),
    revision: () => latestRevision(ctx.db),
  }
}

async function addOnce(ctx: Ctx, message: NewPlaygroundMessage): Promise<PlaygroundMessage> {
  const known = await ctx.db
    .selectFrom('playground_messages')
    .selectAll()
    .where('message_key', '=', message.key)
    .executeTakeFirst()
  if (known) return asMessage(known)
  const row = await ctx.db
    .insertInto('playground_messages')
    .values({
      chat: message.chat,
      sender: message.sender,
      at: message.at,
      message_key: message.key,
      body_json: JSON.stringify(message.body),
      revision: (await latestRevision(ctx.db)) + 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return asMessage(row)
}

async function replaceBody(ctx: Ctx, id: number, body: PlaygroundBody): Promise<PlaygroundMessage | null> {
  const row = await ctx.db
    .updateTable('playground_messages')
    .set({ body_json: JSON.stringify(body), revision: (await latestRevision(ctx.db)) + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row ? asMessage(row) : null
}

async function findMessage(ctx: Ctx, id: number): Promise<PlaygroundMessage | null> {
  const row = await ctx.db
    .selectFrom('playground_messages')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? asMessage(row) : null
}

async function pageOf(
  ctx: Ctx,
  chat: string,
  before: number | null,
  limit: number,
): Promise<PlaygroundMessage[]> {
  let query = ctx.db.selectFrom('playground_messages').selectAll().where('chat', '=', chat)
  if (before !== null) query = query.where('id', '<', before)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  return rows.reverse().map(asMessage)
}

async function changesAfter(
  ctx: Ctx,
  chats: readonly string[],
  revision: number,
  limit: number,
): Promise<PlaygroundMessage[]> {
  if (chats.length === 0) return []
  const rows = await ctx.db
    .selectFrom('playground_messages')
    .selectAll()
    .where('revision', '>', revision)
    .where('chat', 'in', chats)
    .orderBy('revision')
    .limit(limit)
    .execute()
  return rows.map(asMessage)
}

async function latestRevision(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('playground_messages')
    .select((eb) => eb.fn.max('revision').as('latest'))
    .executeTakeFirst()
  return Number(row?.latest ?? 0)
}

function asMessage(row: Row): PlaygroundMessage {
  const body: PlaygroundBody = JSON.parse(row.body_json)
  return {
    id: Number(row.id),
    revision: Number(row.revision),
    chat: row.chat,
    sender: row.sender,
    at: Number(row.at),
    key: row.message_key,
    body,
  }
}
