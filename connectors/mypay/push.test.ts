import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { exampleCreditor, exampleNotifySecret } from '#connectors/mypay/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { namedIn, readPush } from '#connectors/mypay/push'
import { newDebt } from '#connectors/mypay/sandbox-dues'
import { pushOf, tokenOf } from '#connectors/mypay/sandbox-notifier'

const debtOf = (cents: number) =>
  newDebt({
    dueId: iudFor(cents),
    iuv: '99010000000000042',
    amount: (cents / 100).toFixed(2),
    reason: 'Canone unico 2025',
    category: '9/0101002IM/',
    dueType: 'CANONE_UNICO',
    expires_on: null,
    payer: { kind: 'F', taxCode: 'PRVLCU85M15X000R', name: 'Luca Prova' },
  })
const receipt = { collection_id: 'MP-1', paid_at: '2025-03-11T10:00:07+01:00' }
const bodyOf = (cents: number) => JSON.stringify(pushOf(debtOf(cents), receipt))

const read = (
  body: string,
  authorization: string | undefined = `Bearer ${tokenOf(exampleNotifySecret)}`,
  secret: string | undefined = exampleNotifySecret,
) => readPush({ headers: { authorization }, body }, secret, exampleCreditor)

const token = (header: object, secret: string = exampleNotifySecret, digest = 'sha512') => {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encoded(header)}.${encoded({ iss: 'mypay' })}`
  return `${signed}.${createHmac(digest, secret).update(signed).digest('base64url')}`
}

describe('a notification, before anybody is believed', () => {
  it.each([4250, 4244])('names its dues, encoded once or twice: %s', (cents) => {
    expect(namedIn(bodyOf(cents))).toEqual([iudFor(cents)])
  })

  it('names a due by our iud, whatever letter stands before it', () => {
    const iud = `000${iudFor(4250).slice(3)}`
    const debt = { ...debtOf(4250), dueId: `P${iud}` }
    expect(namedIn(JSON.stringify(pushOf(debt, receipt)))).toEqual([iud])
  })

  it.each(['', 'no JSON', '[]', '{"esito":"eA=="}', '{"esito":17}'])(
    'names nothing: %j',
    (body) => {
      expect(namedIn(body)).toEqual([])
    },
  )
})

describe('a notification', () => {
  it.each([4250, 4244])('tells of each due, its documents encoded once or twice: %s', (cents) => {
    expect(read(bodyOf(cents))).toEqual([
      {
        iud: iudFor(cents),
        settlement: {
          state: 'settled',
          transaction_id: 'MP-1',
          paid_at: '2025-03-11T10:00:07+01:00',
          amount: cents,
        },
      },
    ])
  })

  it('says the same when it comes again: nothing in it is used up', () => {
    expect(read(bodyOf(4250))).toEqual(read(bodyOf(4250)))
  })

  it('is read without a receipt, and with one that cannot be read', () => {
    const { esito } = pushOf(debtOf(4250), receipt)
    for (const rt of [undefined, null, '', 'no base64', 'aGVsbG8=']) {
      const [told] = read(JSON.stringify({ rt, esito }))
      expect(told?.settlement).toMatchObject({ paid_at: '2025-03-11T00:00:00+01:00' })
    }
  })

  it.each([
    ['without a token', ''],
    ['with another scheme', `Basic ${tokenOf(exampleNotifySecret)}`],
    ['with a token of another', `Bearer ${tokenOf('another-notify-secret')}`],
    ['with a token cut short', `Bearer ${tokenOf(exampleNotifySecret).slice(0, -4)}`],
    ['with a token of two parts', 'Bearer a.b'],
    ['with a token signed by nobody', `Bearer ${token({ alg: 'none' })}`],
    ['with a weaker token', `Bearer ${token({ alg: 'HS256' }, exampleNotifySecret, 'sha256')}`],
    ['with a token that has no algorithm', `Bearer ${token({ kid: '1' })}`],
    ['with a token whose head is no JSON', 'Bearer eA.eA.eA'],
  ])('is refused %s', (_how, authorization) => {
    const reading = () => read(bodyOf(4250), authorization)
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-signature' }) as Error)
  })

  it('is refused where no secret is agreed, token or not', () => {
    const notification = { headers: {}, body: bodyOf(4250) }
    const reading = () => readPush(notification, undefined, exampleCreditor)
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-signature' }) as Error)
  })

  it.each([
    ['no JSON', 'PAID'],
    ['no object', '"esito"'],
    ['without a document', '{"rt":"aGVsbG8="}'],
    ['with a document that is no XML', '{"esito":"aGVsbG8="}'],
    [
      'with entities that multiply',
      JSON.stringify({
        esito: Buffer.from('<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>').toString('base64'),
      }),
    ],
  ])('is refused: %s', (_what, body) => {
    const reading = () => read(body)
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-notification' }) as Error)
  })

  it('is refused where it tells of what is owed to another body', () => {
    const authorization = `Bearer ${tokenOf(exampleNotifySecret)}`
    const notification = { headers: { authorization }, body: bodyOf(4250) }
    const reading = () => readPush(notification, exampleNotifySecret, '00000000000')
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-notification' }) as Error)
  })
})
