import { evidenceSentence } from '../cards/fact-sentence.ts'
import { isoFromDay } from '../model/day.ts'
import {
  allCases,
  allEvents,
  allFollowUps,
  allRejects,
  allScores,
  type ExportRow,
} from '../store/export-rows.ts'
import { asEvidence } from '../store/scores.ts'
import type { CliCtx } from './run.ts'

/** What `liuke export` writes: one row after another, columns in this order. Money in yuan, days ISO. */
export interface ExportTable {
  readonly columns: readonly string[]
  rows(cli: CliCtx, options: { readonly run: number | null }): AsyncIterable<ExportRow>
}

const yuan = (fen: number | null): string | null => (fen === null ? null : (fen / 100).toFixed(2))
const iso = (day: number | null): string | null => (day === null ? null : isoFromDay(day))
const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

export const exportTables = {
  scores: {
    columns: [
      'customer',
      'name',
      'owner',
      'asOf',
      'risk',
      'band',
      'bandSince',
      'tier',
      'stage',
      'stageSince',
      'rfmSegment',
      'r',
      'f',
      'm',
      'points',
      'value12m',
      'priority',
      'churned',
      'why',
    ],
    async *rows(cli) {
      for await (const row of allScores(cli)) {
        yield {
          customer: row.key,
          name: row.name,
          owner: row.owner,
          asOf: iso(row.as_of),
          risk: row.risk,
          band: row.band,
          bandSince: iso(row.band_since),
          tier: row.tier,
          stage: row.stage,
          stageSince: iso(row.stage_since),
          rfmSegment: row.rfm_segment,
          r: row.r,
          f: row.f,
          m: row.m,
          points: row.points,
          value12m: yuan(row.value_12m),
          priority: yuan(row.priority),
          churned: row.churned,
          why: asEvidence(row.evidence_json)
            .map((one) => evidenceSentence(one, cli.text))
            .join(cli.text.scoring.factSeparator),
        }
      }
    },
  },
  events: {
    columns: ['customer', 'at', 'kind', 'amount', 'quantity', 'channel', 'key', 'text', 'note'],
    async *rows(cli) {
      for await (const row of allEvents(cli)) {
        const { customer, kind, quantity, channel, text, note } = row
        const amount = yuan(row.amount)
        yield {
          customer,
          at: instant(row.at),
          kind,
          amount,
          quantity,
          channel,
          key: row.source_key,
          text,
          note,
        }
      }
    },
  },
  'follow-ups': {
    columns: [
      ...['customer', 'name', 'member', 'at', 'channel', 'outcome', 'effective', 'note', 'next'],
      ...['reached', 'reason', 'sentiment', 'amount'],
    ],
    async *rows(cli) {
      for await (const row of allFollowUps(cli)) {
        const { customer, name, member, channel, outcome, effective, note } = row
        const { reached, reason, sentiment, amount } = row
        const at = instant(row.at)
        const said = { channel, outcome, effective, note, next: iso(row.next_on) }
        yield { customer, name, member, at, ...said, reached, reason, sentiment, amount }
      }
    },
  },
  cases: {
    columns: [
      'id',
      'customer',
      'name',
      'owner',
      'lane',
      'state',
      'band',
      'risk',
      'causes',
      'openedAt',
      'dueAt',
      'closedAt',
      'reason',
    ],
    async *rows(cli) {
      for await (const row of allCases(cli)) {
        const { id, customer, name, owner, lane, state, band, risk, causes, reason } = row
        yield {
          id,
          customer,
          name,
          owner,
          lane,
          state,
          band,
          risk,
          causes,
          openedAt: instant(row.opened_at),
          dueAt: instant(row.due_at),
          closedAt: instant(row.closed_at),
          reason,
        }
      }
    },
  },
  rejects: {
    columns: ['run', 'file', 'entity', 'line', 'field', 'value', 'expected', 'row'],
    async *rows(cli, { run }) {
      for await (const one of allRejects(cli, run)) {
        const { file, entity, line, field, value, expected } = one
        yield { run: one.run_id, file, entity, line, field, value, expected, row: one.row_text }
      }
    },
  },
} as const satisfies Record<string, ExportTable>

export type ExportName = keyof typeof exportTables
