import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'
import { withoutDocuments } from '#apps/payment-proxy/example-connectors'
import { readPdf } from '#tests/contract/rendering/read-pdf'
import { readQr } from '#tests/contract/rendering/read-qr'

const payment_notice_code = '301000000012345688'
const id = exampleId(1)
const path = `/examplepay/notice/${id}`

let proxy: ExampleProxy
beforeEach(async () => {
  proxy = await startExampleProxy(withoutDocuments)
  await proxy.open(id)
  proxy.set(id, { payment_notice_code })
})
afterEach(() => proxy.stop())

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

describe('the notice of a payment whose intermediary gives none', () => {
  it('is ours, after the fact', async () => {
    const answer = await proxy.call(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-disposition')).toBe(
      `inline; filename="${payment_notice_code}.pdf"`,
    )
    expect(proxy.factsOf(id)).toEqual([{ type: 'NoticeOpened', payment_id: id }])
  })

  it('can be paid by its number and by its QR code', async () => {
    const { pages, text } = readPdf(await bytesOf(await proxy.call(path)))
    expect(pages).toHaveLength(1)
    for (const told of ['ComunediBugliano', 'LucaProva', '42,50€', '301000000012345688']) {
      expect(text).toContain(told)
    }
    expect(readQr(pages[0]!)).toMatchObject({
      text: 'PAGOPA|002|301000000012345688|01234567897|4250',
      version: 4,
    })
  })

  it('is the same bytes for whoever asks, until the payment changes', async () => {
    const first = await bytesOf(await proxy.call(path))
    const again = await bytesOf(await proxy.call(`/examplepay/offline-payment/${id}`))
    expect(Buffer.compare(again, first)).toBe(0)
    proxy.set(id, { status: 'COMPLETE' })
    const over = await bytesOf(await proxy.call(path))
    expect(readPdf(over).text).toContain('giàpagato')
    expect(() => readQr(readPdf(over).pages[0]!)).toThrow('there is no QR code')
  })

  it('has nothing of the payer in what the file says of itself', async () => {
    const { told } = readPdf(await bytesOf(await proxy.call(path)))
    expect(told).toContain('Avviso di pagamento')
    expect(told.join()).not.toMatch(/Luca|Prova|PRVLCU|301000/)
  })

  it('is none before the debt was opened', async () => {
    proxy.set(id, { status: 'CREATION_FAILED' })
    expect((await proxy.call(path)).status).toBe(409)
    expect((await proxy.call(`/examplepay/notice/${exampleId(2)}`)).status).toBe(404)
    expect(proxy.facts).toEqual([])
  })

  it.each([
    [{ payment_amount: null }, 'the payment can have no notice: /amount: is null'],
    [{ payment_amount: 0 }, 'the payment can have no notice: /amount: is not above zero'],
  ])('is none of a payment with %j', async (columns, detail) => {
    proxy.set(id, columns)
    const answer = await proxy.call(path)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ detail })
    expect(proxy.facts).toEqual([])
  })

  it.each([
    [{ name: undefined }, /^tenant\.name: /],
    [{ name: ' ' }, /^tenant\.name: /],
    [{ tax_identification_number: undefined }, /^tenant\.tax_identification_number: /],
    [{ tax_identification_number: '01234567890' }, /wrong check digit$/],
    [{ tax_identification_number: 'PRVLCU85M15X000R' }, /is not 11 digits$/],
  ])('is none where the body is configured with %j', async (members, detail) => {
    const [key, row] = [...proxy.tenants][0]!
    const config = { ...(JSON.parse(row['config'] as string) as object), ...members }
    proxy.tenants.set(key, { ...row, config: JSON.stringify(config) })
    const answer = await proxy.call(path)
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({
      code: 'bad-configuration',
      detail: expect.stringMatching(detail) as unknown,
    })
    expect(proxy.facts).toEqual([])
  })
})
