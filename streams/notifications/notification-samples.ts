import type { Notification, NotificationMembers } from '#schemas/generated/types'

const members: NotificationMembers = {
  notification_id: 'export-ready:5f0c7a52',
  tenant_id: 'tenant-a',
  template: 'export-ready',
  template_version: 1,
  language: 'es-PE',
  data: JSON.stringify({
    export: '5f0c7a52',
    documents: 10_000,
    expires_at: '10/03/2025 13:15',
    page: 'https://body.example/exports/5f0c7a52',
  }),
  attachments: [],
  event_id: '19c0d8b1-0b35-4d63-9a53-4a8f2c0e7a01',
  event_version: '1.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'exports-api:0.1.0',
}

/** A fictional person is told by e-mail that her export is ready. */
export const sampleMail = (
  changes: Partial<NotificationMembers> = {},
  address = 'ada@body.example',
): Notification => ({ ...members, ...changes, channel: 'Email', email: { address } })

/** The same told to the webhook `archive`. */
export const sampleWebhook = (
  changes: Partial<NotificationMembers> = {},
  name = 'archive',
): Notification => ({ ...members, ...changes, channel: 'Webhook', webhook: { name } })
