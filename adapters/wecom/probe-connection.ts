import { z } from 'zod'
import { CONNECTION_STATE } from './aibot-by-connection.ts'
import { LEASE_MS } from './aibot-hold.ts'
import { openRobotLink } from './aibot-link.ts'
import type { AibotMode, WecomAibotPorts } from './ports.ts'

/** What a running service has noted of its connection; absent: nothing yet. */
export type ConnectionFound =
  | { readonly by: 'probe' }
  | { readonly by: 'service'; readonly ok: boolean; readonly detail: string }

const Noted = z.object({ ok: z.boolean(), detail: z.string() })

/**
 * Is the robot's long connection good? A running service that holds it is asked what it has noted, for a second
 * connection would push it off; else one is opened and closed.
 * @throws AppError `config` when the credentials are refused, else `busy` or `upstream`
 */
export async function probeConnection(
  { lease, shared, clock, log }: Pick<WecomAibotPorts, 'lease' | 'shared' | 'clock' | 'log'>,
  mode: Extract<AibotMode, { kind: 'connection' }>,
  signal: AbortSignal,
): Promise<ConnectionFound> {
  if (!(await lease.take(LEASE_MS))) {
    const text = await shared.get(CONNECTION_STATE)
    const noted = Noted.safeParse(text === null ? null : JSON.parse(text))
    return { by: 'service', ...(noted.success ? noted.data : { ok: false, detail: 'not known yet' }) }
  }
  try {
    const link = await openRobotLink({ settings: mode, clock, log, take: async () => undefined }, signal)
    await link.finish()
    return { by: 'probe' }
  } finally {
    await lease.release()
  }
}
