import { z } from 'zod'
import { goLiveCard } from '../src/cards/go-live.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { decide } from '../src/scoring/propose/decide.ts'
import { goLiveFacts } from '../src/scoring/propose/go-live-facts.ts'
import { askForProposal } from '../src/scoring/propose/proposal-due.ts'
import { activeVersion, versionById } from '../src/store/scorer-versions.ts'

const Args = z.object({
  version: z.number().int().optional(),
  do: z.enum(['accept', 'refuse', 'rules', 'again']).optional(),
  /** The state of the version when the button was drawn. */
  from: z.string().optional(),
})
type Args = z.infer<typeof Args>

/** 上线: the back-test of the newest version of the scorer, and the administrator's decision about it (A54, A56, L6). */
export const goLive = defineCommand({
  name: 'go-live',
  aliases: ['上线', '模型', '评分模型', 'model'],
  where: 'dm',
  role: 'admin',
  writes: true,
  args: Args,
  fromText: versionFromText,
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const { args, text } = call
    const { version } = args
    if (args.do === undefined) {
      if (version !== undefined && !(await versionById(ctx, version)))
        throw new AppError('not-found', 'no such version', { say: text.model.noVersion(String(version)) })
      return { cards: [goLiveCard(await goLiveFacts(ctx, version), text)] }
    }
    const said = await act(ctx, call)
    return { cards: [], update: goLiveCard({ ...(await goLiveFacts(ctx, version)), said }, text) }
  },
})

/** `上线 2`, `上线 版本2`, `model version 2`; anything else is shown how to write it. */
function versionFromText(rest: string): unknown {
  const words = rest.normalize('NFKC').trim()
  if (words === '') return {}
  const [, id] = /^(?:版本|version|v|#)?\s*(\d{1,9})$/i.exec(words) ?? []
  return { version: id === undefined ? words : Number(id) }
}

/** What came of a button, as one line. A card drawn for another state changes nothing. */
async function act(ctx: Ctx, { args, actor, text }: Call<Args>): Promise<string> {
  const { said } = text.model
  const { do: what, version = 0 } = args
  if (what === 'again') return (await askForProposal(ctx)) ? said.again : said.asked
  if (what === 'rules') {
    const active = await activeVersion(ctx)
    const changed = active?.id === version && (await decide(ctx, { kind: 'rules' }, actor.id))
    return changed ? said.rules : said.late
  }
  const now = await versionById(ctx, version)
  if (what === undefined || now?.state !== args.from) return said.late
  return (await decide(ctx, { kind: what, version }, actor.id)) ? said[what](version) : said.late
}
