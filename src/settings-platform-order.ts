import { z } from 'zod'

/** For members who are bound on several platforms. */
export const PlatformOrder = z
  .array(z.enum(['wecom', 'dingtalk', 'playground']))
  .default(['wecom', 'dingtalk', 'playground'])
  .describe(
    'Where a member of several platforms gets pushes: the one written from last; until then the first of these',
  )
