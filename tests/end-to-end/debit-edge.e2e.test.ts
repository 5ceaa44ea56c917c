import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DebitScene, newCard, startDebitScene } from '#tests/debit-scene'

let scene: DebitScene
beforeAll(async () => {
  scene = await startDebitScene(inject('stack'))
}, 120_000)
afterAll(() => scene.stop())

const opened = async (saldo: number, numeroCartao = newCard()) => {
  const conta = { agencia: 123, numeroConta: 45_678, saldo, numeroCartao }
  const answer = await scene.post('/conta', conta)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('{"mensagem":"Conta incluida com sucesso"}')
  return numeroCartao
}
const debit = (numeroCartao: string, valor: number, key: string, more = {}) =>
  scene.post('/debito', { numeroCartao, valor }, { 'idempotency-key': key, ...more })
const codeOf = async (answer: Response) =>
  ((await answer.json()) as { readonly codigo?: string }).codigo

/** How many the edge has not answered. */
async function openRequests(): Promise<number> {
  const metrics = await (await fetch(`${scene.edgeAt}/metrics`)).text()
  return Number(/^corrente_debit_open_requests (\d+)$/m.exec(metrics)?.[1])
}

/** Waits until what became of a request, and of undoing it, is in the log. */
const settled = (key: string, count: number) =>
  scene.watch.until(`${count} decisions about ${key}`, () => {
    const found = scene.decisionsOf(key)
    return found.length >= count ? found : undefined
  })

/** Taken and given back: both in the decisions, in the books, and on the statement. */
async function expectGivenBack(key: string, amount: number): Promise<void> {
  const [taken, given] = await settled(key, 2)
  expect(taken).toMatchObject({ type: 'Debit', code: '00', amount })
  expect(given).toMatchObject({ type: 'Reverse', code: '00', amount, original_id: key })
  await scene.watch.caughtUp()
  const bookedOn = (topic: string) =>
    scene
      .on(topic)
      .map(({ value }) => value as { readonly request_id: string; readonly amount?: number })
      .filter(({ request_id }) => [key, given!.request_id].includes(request_id))
  expect(bookedOn('statements.entries').map((line) => line.amount)).toEqual([-amount, amount])
  expect(bookedOn('ledger.entries')).toHaveLength(2)
}

describe('a debit', () => {
  it('is taken, or refused where the balance will not do, in the words of the source', async () => {
    const card = await opened(100)
    const taken = await debit(card, 60.25, randomUUID())
    expect(taken.status).toBe(200)
    const told = `"agencia":123,"numeroConta":45678,"numeroCartao":"${card}","valor"`
    expect(await taken.text()).toBe(`{${told}:60.25}`)
    const refused = await debit(card, 50, randomUUID())
    expect(refused.status).toBe(409)
    expect(await refused.text()).toBe(`{${told}:50,"mensagem":"Saldo insuficiente"}`)
  })

  it('of a card nobody knows is refused, and of an account that is there no second one is opened', async () => {
    const answer = await debit(newCard(), 1, randomUUID())
    expect([answer.status, await codeOf(answer)]).toEqual([404, '14'])
    const card = await opened(1)
    const conta = { agencia: 1, numeroConta: 2, saldo: 3, numeroCartao: card }
    const again = await scene.post('/conta', conta)
    expect([again.status, await codeOf(again)]).toEqual([409, '94'])
  })

  it('is taken exactly as often as the balance allows, of many at once', async () => {
    const card = await opened(7.5)
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => debit(card, 1, randomUUID())),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(7)
    expect(statuses.filter((status) => status === 409)).toHaveLength(33)
  })

  it('draws on one account by each of its cards', async () => {
    const [first, second] = [newCard(), newCard()]
    const open = { currency: 'BRL', opening_balance: '10', card_number: first }
    const { account_id } = (await (await scene.post('/v1/accounts', open)).json()) as {
      readonly account_id: string
    }
    const cards = `/v1/accounts/${account_id}/cards`
    expect((await scene.post(cards, { card_number: second })).status).toBe(200)
    const statuses = []
    for (const card of [first, second, first]) {
      statuses.push((await debit(card, 4, randomUUID())).status)
    }
    expect(statuses).toEqual([200, 200, 409])
  })
})

describe('a request that comes again', () => {
  it('is answered alike byte for byte, done once, also by the processes that follow', async () => {
    const card = await opened(100)
    const key = randomUUID()
    const first = await debit(card, 60, key)
    const firstText = await first.text()
    const again = async () => {
      const answer = await debit(card, 60, key)
      expect([answer.status, await answer.text()]).toEqual([first.status, firstText])
      expect(answer.headers.get('idempotent-replayed')).toBe('true')
    }
    await again()
    await scene.edge.kill()
    await scene.authoriser.kill()
    await Promise.all([scene.edge.start(), scene.authoriser.start()])
    await again()
    await settled(key, 1)
    expect(scene.decisionsOf(key)).toHaveLength(1)
    expect(scene.balanceOf(key).posted).toBe(4_000)
  }, 90_000)

  it('is answered alike where it was refused, though the balance would do by now', async () => {
    const card = await opened(10)
    const key = randomUUID()
    const refused = await (await debit(card, 50, key)).text()
    const credit = { card_number: card, amount: '100', currency: 'BRL' }
    expect((await scene.post('/v1/credits', credit)).status).toBe(200)
    const again = await debit(card, 50, key)
    expect([again.status, await again.text()]).toEqual([409, refused])
  })

  it('with another body is refused, and the first stands', async () => {
    const card = await opened(100)
    const key = randomUUID()
    const first = await (await debit(card, 60, key)).text()
    const other = await debit(card, 61, key)
    expect([other.status, await codeOf(other)]).toEqual([422, '30'])
    expect(await (await debit(card, 60, key)).text()).toBe(first)
  })
})

describe('a request whose caller is gone before its answer', () => {
  it('stands, and is told byte for byte to whoever asks again, at an edge that was killed behind it, too', async () => {
    const card = await opened(100)
    const key = randomUUID()
    const hangUp = new AbortController()
    scene.authoriser.signal('SIGSTOP')
    const asked = scene.post(
      '/debito',
      { numeroCartao: card, valor: 60 },
      { 'idempotency-key': key },
      hangUp.signal,
    )
    const isIt = (value: unknown) => (value as { readonly request_id: string }).request_id === key
    const isInLog = () => scene.on('debits').some(({ value }) => isIt(value)) || undefined
    await scene.watch.until('the request in the log', isInLog)
    hangUp.abort()
    await expect(asked).rejects.toThrow('aborted')
    scene.authoriser.signal('SIGCONT')
    await settled(key, 1)
    await expect.poll(openRequests).toBe(0)
    await scene.edge.kill()
    await scene.edge.start()
    const again = await debit(card, 60, key)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
    await scene.watch.caughtUp()
    expect(scene.decisionsOf(key)).toHaveLength(1)
    expect(scene.balanceOf(key).posted).toBe(4_000)
  }, 60_000)
})

describe('a request whose answer is late', () => {
  it('is answered 504 in time, given back once it is taken, and stays late for whoever asks again', async () => {
    const card = await opened(100)
    const key = randomUUID()
    scene.authoriser.signal('SIGSTOP')
    const begun = performance.now()
    const answer = await debit(card, 60, key, { 'request-deadline-ms': '500' })
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect([answer.status, await codeOf(answer)]).toEqual([504, '68'])
    scene.authoriser.signal('SIGCONT')
    await expectGivenBack(key, 6_000)
    expect(scene.balanceOf(key).posted).toBe(10_000)
    const again = await debit(card, 60, key)
    expect([again.status, await codeOf(again)]).toEqual([504, '68'])
  })

  it('is given back where it was asked by an edge that was killed, and stays late for whoever asks again', async () => {
    const card = await opened(100)
    const key = randomUUID()
    scene.authoriser.signal('SIGSTOP')
    const answer = debit(card, 60, key).catch(() => 'cut off')
    const isIt = (value: unknown) => (value as { readonly request_id: string }).request_id === key
    const isInLog = () => scene.on('debits').some(({ value }) => isIt(value)) || undefined
    await scene.watch.until('the request in the log', isInLog)
    await scene.edge.kill()
    scene.authoriser.signal('SIGCONT')
    expect(await answer).toBe('cut off')
    const [taken] = await settled(key, 1)
    expect(taken).toMatchObject({ type: 'Debit', code: '00', amount: 6_000 })
    await scene.edge.start()
    await expectGivenBack(key, 6_000)
    expect(scene.balanceOf(key).posted).toBe(10_000)
    const again = await debit(card, 60, key)
    expect([again.status, await codeOf(again)]).toEqual([504, '68'])
  }, 90_000)
})

describe('while nobody decides', () => {
  it('whoever asks is told so, and once somebody does again all is given back, or was never taken', async () => {
    const card = await opened(100)
    await scene.authoriser.drain()
    const asked: string[] = []
    const statuses: number[] = []
    const deadline = performance.now() + 30_000
    while (statuses.at(-1) !== 503 && performance.now() < deadline) {
      const key = randomUUID()
      asked.push(key)
      const answer = await debit(card, 1, key, { 'request-deadline-ms': '200' })
      statuses.push(answer.status)
      await sleep(100)
    }
    expect(new Set(statuses)).toEqual(new Set([504, 503]))
    expect(await codeOf(await debit(card, 1, randomUUID()))).toBe('91')
    await scene.authoriser.start()
    const isTaken = async () => (await debit(card, 1, randomUUID())).status
    await expect.poll(isTaken, { timeout: 20_000 }).toBe(200)
    const late = asked.filter((_, at) => statuses[at] === 504)
    for (const key of late) await expectGivenBack(key, 100)
    for (const key of asked.filter((_, at) => statuses[at] === 503)) {
      expect(scene.decisionsOf(key)).toEqual([])
    }
    expect(scene.balanceOf(late[0]!).posted).toBe(9_900)
  }, 90_000)
})
