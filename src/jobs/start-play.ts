import type { StartPlay } from '../push/enqueue.ts'
import { rememberPushed } from '../retention/plays/remember.ts'

/** Push and plays do not know each other; this edge joins them. */
export const startPlay: StartPlay = async (ctx, pushed) => {
  await rememberPushed(ctx, pushed)
}
