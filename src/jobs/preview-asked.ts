import { previewCard, previewFailedCard } from '../cards/preview.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { asAppError } from '../errors.ts'
import type { Card } from '../model/card.ts'
import { settingChanges } from '../scoring/preview/draft-settings.ts'
import { previewSettings } from '../scoring/preview/preview-settings.ts'
import { addressesOf } from '../store/members.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import { askedDraft, type SettingsVersion, storePreview } from '../store/settings-versions.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'

/** Every minute: works out the draft an administrator asked about (试算), and sends the answer. */
export const previewAsked: Job = {
  name: 'preview-asked',
  cron: '* * * * *',
  missed: 'run-latest',
  timeoutMs: 60 * 60_000,
  where: 'worker',
  // Not while the night's work still runs: it uses the same thread.
  after: ['score'],
  unhurried: true,
  async run(ctx, _slot, signal) {
    const draft = await askedDraft(ctx)
    return draft ? { affected: await answer(ctx, draft, signal) } : { asked: 0 }
  },
}

/** A draft that is not worked out by then takes longer than a slot: the administrator is told so. */
const PATIENCE_MS = 2 * 3_600_000

async function answer(ctx: Ctx, draft: SettingsVersion, signal: AbortSignal): Promise<number> {
  const text = textFor(ctx.settings.locale)
  try {
    const preview = await previewSettings(ctx, draft.sets, { signal })
    const card = previewCard({ version: draft.id, preview }, text)
    await send(ctx, draft, { state: 'previewed', preview: JSON.stringify(preview) }, card)
    return preview.affected
  } catch (thrown) {
    // Stopped: the next start begins it again, but not for ever.
    if (signal.aborted && ctx.clock.now() - draft.createdAt < PATIENCE_MS) throw thrown
    ctx.log.error(
      { error: asAppError(thrown), draft: draft.id },
      'a draft of the settings could not be previewed',
    )
    const card = previewFailedCard(settingChanges(ctx.settings, draft.sets), text)
    await send(ctx, draft, { state: 'failed', preview: null }, card)
    return 0
  }
}

/** The answer and its message are one transaction; a draft that was dropped meanwhile gets none. */
async function send(
  ctx: Ctx,
  draft: SettingsVersion,
  stored: Parameters<typeof storePreview>[2],
  card: Card,
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    if (!(await storePreview(ctx, draft.id, stored))) return
    const [to] = await addressesOf(ctx, draft.createdBy)
    if (!to) return
    await addToOutbox(ctx, {
      id: `preview:${draft.id}`,
      platform: to.platform,
      kind: 'send',
      target: to,
      address: addressKey(to),
      card,
      lane: 'reply',
      notBefore: ctx.clock.now(),
    })
  })
}
