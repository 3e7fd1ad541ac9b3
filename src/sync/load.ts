import { type Ctx, inTransaction } from '../context.ts'
import {
  addRejects,
  finishRun,
  type LoadCounts,
  type NewRun,
  noteProgress,
  startRun,
} from '../store/import-runs.ts'
import { OwnIds } from './add-derived.ts'
import type { Batch } from './batch.ts'
import { rejectCollisions } from './collisions.ts'
import { type Distinct, lastOfEachKey, rejectDuplicates } from './duplicates.ts'
import { type ImportReport, REPORTED_REJECTS, type Reject } from './report.ts'
import { resolveReferences, type UnknownCustomers } from './resolve.ts'
import { writeBatch } from './write-batch.ts'

export interface LoadOptions {
  readonly unknownCustomers: UnknownCustomers
  /** Files: a key stands once. Pulled pages: a later row replaces an earlier one. */
  readonly sameKey: 'reject' | 'replace'
}

/** One load of one entity from one source: batches in, counts and rejects out. */
export class Load {
  readonly runId: number
  readonly #source: string
  readonly #options: LoadOptions
  readonly #own = new OwnIds()
  readonly #rejects: Reject[] = []
  #counts: LoadCounts = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  #latestAt: number | null = null

  private constructor(runId: number, source: string, options: LoadOptions) {
    this.runId = runId
    this.#source = source
    this.#options = options
  }

  static async start(ctx: Ctx, run: NewRun, options: LoadOptions): Promise<Load> {
    return new Load(await inTransaction(ctx, (inner) => startRun(inner, run)), run.source, options)
  }

  get read(): number {
    return this.#counts.read
  }

  /** Writes a batch, its rejects and the progress in one transaction. */
  async write(ctx: Ctx, given: Batch): Promise<void> {
    await inTransaction(ctx, async (inner) => {
      const { source, options } = { source: this.#source, options: this.#options }
      const resolved = await resolveReferences(inner, source, given, options.unknownCustomers)
      const { batch, repeated } = await this.#distinct(inner, resolved)
      const sound = { ...batch, rejects: batch.rejects.toSorted((a, b) => a.line - b.line) }
      const target = { source, runId: this.runId, own: this.#own }
      const { added, changed } = await writeBatch(inner, target, sound)
      await addRejects(inner, this.runId, sound.rejects)
      this.#count(given, sound, repeated, added, changed)
      await noteProgress(inner, this.runId, this.#counts, this.#latestAt)
    })
  }

  async finish(ctx: Ctx, error: string | null): Promise<void> {
    await finishRun(ctx, this.runId, error)
  }

  report(seconds: number): ImportReport {
    return { ...this.#counts, rejects: this.#rejects, seconds }
  }

  async #distinct(ctx: Ctx, given: Batch): Promise<Distinct> {
    if (this.#options.sameKey === 'replace') return lastOfEachKey(given)
    if (given.prints.every((print) => print === '')) return { batch: given, repeated: 0 }
    const { batch, repeated } = await rejectDuplicates(ctx, this.runId, given)
    return { batch: await rejectCollisions(ctx, this.#source, batch), repeated }
  }

  #count(batch: Batch, sound: Batch, repeated: number, added: number, changed: number): void {
    const before = this.#counts
    this.#counts = {
      read: before.read + batch.read,
      added: before.added + added,
      changed: before.changed + changed,
      unchanged: before.unchanged + repeated + sound.size - added - changed,
      rejected: before.rejected + sound.rejects.length,
    }
    for (const { line, field, value, expected } of sound.rejects) {
      if (this.#rejects.length >= REPORTED_REJECTS) break
      this.#rejects.push({ line, field, value, expected })
    }
    if (batch.latestAt !== null) this.#latestAt = Math.max(this.#latestAt ?? 0, batch.latestAt)
  }
}
