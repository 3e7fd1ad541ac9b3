/** What can be loaded. */
export const ENTITIES = ['members', 'customers', 'contacts', 'events', 'surveys'] as const
export type Entity = (typeof ENTITIES)[number]

/**
 * One row of a source. `values` is raw text keyed by the model's field names (see `fields.ts`); a name that is
 * absent leaves the stored value alone, an empty text clears it.
 */
export interface SourceRow {
  readonly entity: Entity
  /** Line or running number in the source, for rejects. */
  readonly line: number
  readonly values: Readonly<Record<string, string>>
}

/** A page of rows, and the cursor that continues after it. */
export interface SourcePage {
  readonly rows: readonly SourceRow[]
  readonly next: string
}

/**
 * A system that facts are pulled from. `pull` yields pages after `cursor` (null = from the beginning) until
 * there is nothing new; the cursor is stored together with the rows of its page.
 */
export interface Connector {
  readonly name: string
  pull(cursor: string | null, signal: AbortSignal): AsyncIterable<SourcePage>
}
