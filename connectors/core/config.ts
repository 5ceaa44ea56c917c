import { z } from 'zod'

/** How to reach the Core: only addresses below `base_url` are ever called, whatever an event says. */
export const CoreConfig = z.object({
  base_url: z.url({ protocol: /^https?$/ }),
  username: z.string().min(1),
  password: z.string().min(1),
  timeout_ms: z.int().positive().max(5_000).default(3_000),
})
export type CoreConfig = z.input<typeof CoreConfig>
