import { z } from 'zod'

/** How customers change hands. */
export const Retention = z
  .strictObject({
    assign: z
      .boolean()
      .default(false)
      .describe(
        'Every morning give customers at risk that nobody owns to a rep, by region and then by load; off: the administrator is told of them',
      ),
  })
  .prefault({})
