import type { ApplicationUpdate } from '#schemas/generated/types'

export const application = 'https://servizi.comune.example/lang/api/applications/1'
export const url = `${application}/payment`

/** What the application of a fictional payment that is complete is to hear. */
export const update: ApplicationUpdate = {
  application_id: 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21',
  payment_id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  tenant_id: 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60',
  status: 'OK',
  status_code: 'COMPLETE',
  status_message: 'the payment is complete',
  notify_url: url,
  notify_method: 'POST',
  transaction_id: 'TRX-EXAMPLE-0001',
  held_until: null,
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2025-03-10T10:02:31+01:00',
  app_id: 'payment-updater:0.1.0',
}
