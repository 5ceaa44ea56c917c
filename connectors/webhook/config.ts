import { z } from 'zod'

const Webhook = z.object({
  /** By which notifications name it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is no name such as archive'),
  url: z.url({ protocol: /^https?$/ }),
  /** Each signs: with two of them a receiver goes over to the new one in its own time. */
  secrets: z.array(z.string().min(16)).min(1).max(3),
})
export type Webhook = z.output<typeof Webhook>

/** The webhooks of an installation. */
export const WebhooksConfig = z.object({
  webhooks: z
    .array(Webhook)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names two alike'),
  /** How long an answer may take, whole. */
  timeout_ms: z.int().positive().max(10_000).default(10_000),
})
export type WebhooksConfig = z.input<typeof WebhooksConfig>
