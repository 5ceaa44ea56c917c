import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DebitScene, newCard, startDebitScene } from '#tests/debit-scene'
import { codeOf, sourceCalls } from '#tests/end-to-end/source-calls'

let scene: DebitScene
beforeAll(async () => {
  scene = await startDebitScene(inject('stack'))
}, 120_000)
afterAll(() => scene.stop())

const { opened, debit, settled } = sourceCalls(() => scene)

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
