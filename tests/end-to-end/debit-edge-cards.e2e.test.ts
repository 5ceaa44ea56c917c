import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { displayOf } from '#schemas/values/card-number'
import { type DebitScene, filesIn, newCard, startDebitScene } from '#tests/debit-scene'
import { openLogWatch, type SeenRecord, strangersKafka } from '#tests/log-watch'

let scene: DebitScene
beforeAll(async () => {
  scene = await startDebitScene(inject('stack'), { LOG_LEVEL: 'debug' })
}, 120_000)
afterAll(() => scene.stop())

/** Of sixteen digits, of thirteen and nineteen with zeros in front; one that ends in its check digit, one that is never known. */
const canaries = [
  newCard(),
  `000000${newCard().slice(9)}`,
  `000${newCard()}`,
  '4539578763621486',
  newCard(),
]
const unknown = canaries.at(-1)!
const needle = `needle-${randomUUID()}`
const sum = { amount: '1', currency: 'BRL' }

/** A number as it could lie in bytes: its digits, and as the number it is, in the ways Avro, Java and Postgres write one. */
function formsOf(digits: string): readonly Buffer[] {
  const number = BigInt(digits)
  const [big, little] = [Buffer.alloc(8), Buffer.alloc(8)]
  big.writeBigInt64BE(number)
  little.writeBigInt64LE(number)
  const spaced = digits.replace(/(.{4})(?=.)/g, '$1 ')
  const texts = [digits, spaced, spaced.replaceAll(' ', '-')]
  const coded = texts.map((text) => Buffer.from(text))
  // Of many zeros in front nothing is left in a number, and small ones are everywhere.
  const isLong = String(number).length > 12
  return [...coded, ...(isLong ? [big, little, zigzag(number)] : [])]
}

/** As Avro writes a long. */
function zigzag(number: bigint): Buffer {
  const bytes: number[] = []
  for (let rest = number << 1n; rest > 0n; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0))
  }
  return Buffer.from(bytes)
}

const forms = canaries.flatMap(formsOf)
const holdsCanary = (bytes: Buffer) => forms.some((form) => bytes.includes(form))

/** Whatever one can do with the number of a card, right and wrong, at every route that takes one. */
async function askWith(card: string): Promise<void> {
  const key = { 'idempotency-key': randomUUID() }
  const conta = { agencia: 1, numeroConta: 2, saldo: 100, numeroCartao: card }
  if (card !== unknown) await scene.post('/conta', conta)
  const debito = { numeroCartao: card, valor: 1 }
  await scene.post('/debito', debito, key)
  await scene.post('/debito', debito, key)
  await scene.post('/debito', { ...debito, valor: 2 }, key)
  await scene.post('/debito', { ...debito, valor: 1_000 })
  await scene.post('/debito', { ...debito, valor: '1,5' })
  await scene.post('/debito', { ...debito, [card]: 1 })
  await scene.post('/debito', `{"numeroCartao":${card},`)
  await scene.post('/debito', debito, { 'idempotency-key': card, 'x-request-id': card })
  await scene.post('/debito', debito, { 'x-request-id': card })
  const own = { card_number: card, ...sum }
  await scene.post('/v1/debits', { ...own, text: `paid by ${card}` })
  await scene.post('/v1/debits', { ...own, text: needle })
  const hold = randomUUID()
  await scene.post('/v1/authorisations', { ...own, request_id: hold })
  await scene.post(`/v1/authorisations/${hold}/post`, own)
  await scene.post(`/v1/authorisations/${card}/post`, own)
  await scene.post(`/v1/accounts/${card}/cards`, { card_number: card })
  await scene.post(`/v1/${card}?card=${card}`, own)
  await scene.post('/v1/refunds', { ...own, original_id: card })
}

describe('the numbers of cards', () => {
  it('are in no record, no file of the installation and no log line, in whatever form', async () => {
    const stack = inject('stack')
    for (const card of canaries) await askWith(card)
    // Also of one whose answer is late, and of one whose edge is killed.
    scene.authoriser.signal('SIGSTOP')
    await scene.post(
      '/debito',
      { numeroCartao: canaries[0], valor: 1 },
      { 'request-deadline-ms': '200' },
    )
    const cut = scene
      .post('/debito', { numeroCartao: canaries[1], valor: 1 })
      .catch(() => undefined)
    await scene.edge.kill()
    scene.authoriser.signal('SIGCONT')
    await Promise.all([cut, scene.edge.start()])

    const admin = strangersKafka(stack).admin()
    await admin.connect()
    const topics = (await admin.listTopics()).filter((name) => !name.startsWith('__'))
    await admin.disconnect()
    const leaks: string[] = []
    let records = 0
    const note = ({ topic, partition, offset, key, headers, bytes }: SeenRecord) => {
      records += 1
      const texts = Buffer.from(`${key}\n${JSON.stringify(headers)}`)
      if (holdsCanary(texts) || (bytes && holdsCanary(bytes))) {
        leaks.push(`${topic}/${partition}/${offset}`)
      }
    }
    const watch = await openLogWatch(stack, topics, note)
    await watch.caughtUp()
    await watch.close()
    let found = { needle: 0, display: 0 }
    const display = displayOf(canaries[0]!)
    for (const path of filesIn(stack.dataDir)) {
      const bytes = readFileSync(path)
      if (holdsCanary(bytes)) leaks.push(path)
      found = {
        needle: found.needle + Number(bytes.includes(needle)),
        display: found.display + Number(bytes.includes(display)),
      }
    }
    expect(leaks).toEqual([])
    // What may be there is found in the same files, and by the same look.
    expect(topics).toEqual(expect.arrayContaining(['debits', 'debit-authoriser.rows']))
    expect(records).toBeGreaterThan(100)
    expect(found.needle).toBeGreaterThan(0)
    expect(found.display).toBeGreaterThan(0)
  }, 120_000)

  it('would be found: a record that holds one is', () => {
    for (const [at, card] of canaries.entries()) {
      expect(holdsCanary(Buffer.from(`{"numeroCartao":${card}}`))).toBe(true)
      if (at !== 1)
        expect(holdsCanary(Buffer.concat([Buffer.from('x'), zigzag(BigInt(card))]))).toBe(true)
    }
    expect(holdsCanary(Buffer.from(displayOf(canaries[0]!)))).toBe(false)
  })
})
