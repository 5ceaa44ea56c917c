import { expect, it } from 'vitest'
import type { Scene } from '#tests/scene'

interface Given {
  readonly topic?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

const bodyBytesMax = 512 * 1024

/** Requests the ingest edge refuses; none of them reaches the log. */
export function badRequests(sceneOf: () => Scene): void {
  const post = ({ topic = 'applications', headers = {}, body }: Given) => {
    const { addresses, secrets } = sceneOf()
    const authorization = `Bearer ${secrets.ingestToken}`
    return fetch(`${addresses.ingest}/${topic}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...headers },
      body,
    })
  }
  const good = () => JSON.stringify(sceneOf().application())

  const refused = [
    ['without the token', 401, () => ({ headers: { authorization: 'Bearer x' }, body: good() })],
    ['that is too large', 413, () => ({ body: `"${'x'.repeat(bodyBytesMax)}"` })],
    ['that is not JSON', 415, () => ({ headers: { 'content-type': 'text/plain' }, body: 'x' })],
    ['for payments', 403, () => ({ topic: 'payments', body: good() })],
  ] as const
  it.each(refused)('refuses a request %s with %i', async (_, status, given) => {
    const response = await post(given())

    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status })
  })

  it('refuses an event with 422 and says where it is wrong, without the value', async () => {
    const application = sceneOf().application()
    const body = {
      ...application,
      payment_data: { ...application.payment_data, amount: 'forty-two' },
    }
    const response = await post({ body: JSON.stringify(body) })

    expect(response.status).toBe(422)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ status: 422, pointer: '/payment_data/amount' })
    expect(text).not.toContain('forty-two')
  })
}
