import type { Configuration } from '#ports/intermediary'

export const exampleSecrets = {
  api_key: 'example-key',
  notify_secret: 'example-notify-secret',
} as const

export const exampleConfiguration = (base_url: string, timeout_ms = 3_000): Configuration => ({
  tenant: { base_url, timeout_ms, ...exampleSecrets },
  service: { due_type: 'CANONE' },
})
