import { describe, expect, it } from 'vitest'
import { RejectedError, TransientError } from '#core/errors'
import type { Attachments } from '#ports/attachments'
import type { Mail } from '#ports/mail'
import type { WebhookEvent } from '#ports/webhooks'
import type { Notification } from '#schemas/generated/types'
import { handOver, type Receivers } from '#streams/notifications/hand-over'
import { sampleMail, sampleWebhook } from '#streams/notifications/notification-samples'

const never = () => Promise.reject(new Error('never called'))

/** Hands over to receivers that take all, but for those given; tells what they took. */
const handedOver = async (notification: Notification, receivers: Partial<Receivers> = {}) => {
  const mails: Mail[] = []
  const events: WebhookEvent[] = []
  const mailServer = { send: async (mail: Mail) => void mails.push(mail) }
  const webhooks = { post: async (event: WebhookEvent) => void events.push(event) }
  const { signal } = new AbortController()
  const attachments = { bytesOf: never }
  await handOver({ mailServer, webhooks, attachments, ...receivers }, notification, signal)
  return { mails, events }
}
const refusalOf = (notification: Notification) =>
  handedOver(notification, { mailServer: { send: never }, webhooks: { post: never } }).then(
    () => 'taken',
    (error: unknown) => error,
  )
const { notification_id, data } = sampleMail()

describe('a mail that is handed over', () => {
  it('says what its template says', async () => {
    const { mails, events } = await handedOver(sampleMail())
    expect(events).toEqual([])
    expect(mails).toEqual([
      {
        notification_id,
        address: 'ada@body.example',
        language: 'es-PE',
        subject: 'Su exportación está lista: 10000 documentos',
        text: expect.stringContaining('https://body.example/exports/5f0c7a52') as string,
        html: expect.stringContaining('<a href="https://body.example/exports/5f0c7a52">') as string,
        dated_at: new Date('2025-03-10T08:15:02Z'),
        attachments: [],
      },
    ])
  })

  it.each(['ada', 'ada@body.example\r\nBcc: other@body.example', 'Ada <ada@body.example>'])(
    'has an address, which %j is not',
    async (address) => {
      expect(await refusalOf(sampleMail({}, address))).toMatchObject({
        code: 'malformed-address',
        message: 'the address is no e-mail address such as name@body.example',
      })
    },
  )
})

describe('files that go with a mail', () => {
  const file = { object_key: 'exports/1/archive.zip', sha256: 'a'.repeat(64) }
  const withFile = sampleMail({ attachments: [{ ...file, file_name: 'receipts.zip' }] })

  it('are found by their references, on behalf of whom the mail is', async () => {
    const asked: unknown[] = []
    const bytesOf = async (reference: object) => {
      asked.push(reference)
      return Buffer.from('PK')
    }
    const { mails } = await handedOver(withFile, { attachments: { bytesOf } })
    expect(asked).toEqual([{ tenant_id: 'tenant-a', ...file }])
    expect(mails[0]?.attachments).toEqual([{ file_name: 'receipts.zip', bytes: Buffer.from('PK') }])
  })

  it('may have five megabytes together: the second what the first leaves', async () => {
    const left: number[] = []
    const bytesOf: Attachments['bytesOf'] = async (_reference, { bytesMax }) => {
      left.push(bytesMax)
      return Buffer.alloc(2_000_000)
    }
    const two = ['a.pdf', 'b.pdf'].map((file_name) => ({ ...file, file_name }))
    await handedOver(sampleMail({ attachments: two }), { attachments: { bytesOf } })
    expect(left).toEqual([5_000_000, 3_000_000])
  })

  it('are waited for where they cannot be read now', async () => {
    const away = new TransientError('the store is away')
    const attachments = { bytesOf: () => Promise.reject(away) }
    await expect(handedOver(withFile, { attachments })).rejects.toBe(away)
  })

  it('are not left out: the mail is refused where one is', async () => {
    const gone = new RejectedError('no-attachment', 'a file is not there any more')
    const attachments = { bytesOf: () => Promise.reject(gone) }
    const mailServer = { send: never }
    await expect(handedOver(withFile, { attachments, mailServer })).rejects.toBe(gone)
  })
})

describe('a webhook that is handed over', () => {
  it('is told who, what and with which variables', async () => {
    const { events, mails } = await handedOver(sampleWebhook())
    expect(mails).toEqual([])
    expect(events.map(({ name }) => name)).toEqual(['archive'])
    expect(JSON.parse(events[0]!.body)).toEqual({
      id: notification_id,
      type: 'export-ready@1',
      created_at: '2025-03-10T09:15:02+01:00',
      language: 'es-PE',
      data: JSON.parse(data) as unknown,
      attachments: [],
    })
  })

  it('gets the same bytes at each try', async () => {
    const [one, other] = [await handedOver(sampleWebhook()), await handedOver(sampleWebhook())]
    expect(one.events).toEqual(other.events)
  })
})

describe.each([
  ['a mail', sampleMail],
  ['a webhook', sampleWebhook],
])('the template of %s', (_channel, sample) => {
  it.each([
    [{ data: '{}' }, 'missing-variable', 'the variable documents is missing'],
    [{ data: '[]' }, 'malformed-data', 'the variables are no object'],
    [{ language: 'de' }, 'unknown-language', 'there is no such language'],
    [{ template_version: 9 }, 'unknown-template', 'there is no such template'],
    [{ template: 'export-redy' }, 'unknown-template', 'there is no such template'],
  ])('is held to with %j', async (changes, code, message) => {
    expect(await refusalOf(sample(changes))).toMatchObject({
      name: 'RejectedError',
      code,
      message: expect.stringContaining(message) as string,
    })
  })
})
