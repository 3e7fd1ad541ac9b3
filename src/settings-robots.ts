import { z } from 'zod'

/** What group robots of every platform have in common. */
export const groupRobot = {
  name: z
    .string()
    .regex(/^[^=,]{1,32}$/, 'expected at most 32 characters without = and ,')
    .describe('Its name here; its key stands in the environment under the same name'),
  team: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('The group gets the weekly figures of this team; null = of the whole company'),
  weekly: z.boolean().default(true).describe('Send the weekly figures to the group'),
  alerts: z
    .boolean()
    .default(false)
    .describe('Tell the group when a platform stops or its quota runs out: for administrators'),
}

interface Robots {
  readonly enabled: boolean
  readonly keys?: string | undefined
  readonly robots: readonly { readonly name: string }[]
}

/** Names are unique, and each has its key in the environment variable `variable`. */
export function checkRobots(
  { enabled, keys, robots }: Robots,
  check: z.RefinementCtx,
  variable: string,
): void {
  if (!enabled) return
  const known = robotKeys(keys)
  for (const [at, { name }] of robots.entries()) {
    const path = ['robots', at, 'name']
    if (robots.findIndex((one) => one.name === name) !== at)
      check.addIssue({ code: 'custom', path, message: 'another robot has this name' })
    if (!known.has(name)) check.addIssue({ code: 'custom', path, message: `set its key in ${variable}` })
  }
}

/** The keys of the robots by name, from `name=key,name=key`. */
export function robotKeys(keys: string | undefined): ReadonlyMap<string, string> {
  const pairs = (keys ?? '').split(',').filter((pair) => pair !== '')
  return new Map(
    pairs.map((pair) => {
      const [name = '', key = ''] = pair.split('=')
      return [name.trim(), key.trim()] as const
    }),
  )
}
