import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, exampleTokens, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

const card = '8888777766660001'
const conta = { agencia: 123, numeroConta: 45678, saldo: 1000.5, numeroCartao: Number(card) }
const debito = { numeroCartao: Number(card), valor: 50.25 }
const json = (answer: Response) => answer.json() as Promise<Record<string, unknown>>

describe('POST /conta', () => {
  it('opens the account of the card, in the words of the source', async () => {
    const answer = await edge.post('/conta', conta)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('{"mensagem":"Conta incluida com sucesso"}')
    const card_id = exampleTokens.cardId(card)
    expect(edge.log.appended).toMatchObject([
      {
        type: 'OpenAccount',
        account_id: card_id,
        open_account: {
          currency: 'BRL',
          opening_balance: 100_050,
          branch: 123,
          number: 45_678,
          card: { card_id, display: '888877******0001', status: 'Active', expires_at: null },
        },
      },
    ])
  })

  it('says so where the account was not opened', async () => {
    edge.log.script = () => ({ code: '94', reason: 'account-exists' })
    const answer = await edge.post('/conta', conta)
    expect(answer.status).toBe(409)
    expect(await json(answer)).toMatchObject({
      codigo: '94',
      mensagem: 'Conta ja existente',
      reason: 'account-exists',
    })
  })

  it('opens none for a card that draws on another account', async () => {
    edge.cards.set(exampleTokens.cardId(card), 'another-account-------')
    const answer = await edge.post('/conta', conta)
    expect([answer.status, (await json(answer))['codigo']]).toEqual([409, '94'])
    expect(edge.log.appended).toEqual([])
  })

  it.each([
    ['agencia', 1.5],
    ['agencia', -1],
    ['agencia', 2 ** 31],
    ['numeroConta', 'x'],
    ['numeroConta', undefined],
    ['saldo', -1],
    ['saldo', '0.001'],
    ['saldo', '99999999999999.99'],
    ['numeroCartao', 123],
  ])('refuses the %s %j', async (name, value) => {
    const answer = await edge.post('/conta', { ...conta, [name]: value })
    expect(answer.status).toBe(422)
    expect(await json(answer)).toMatchObject({ pointer: `/${name}` })
    expect(edge.log.appended).toEqual([])
  })
})

describe('POST /debito', () => {
  it('answers the numbers as they were sent, with those of the account', async () => {
    const answer = await edge.post('/debito', debito)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await answer.text()).toBe(
      `{"agencia":123,"numeroConta":45678,"numeroCartao":${card},"valor":50.25}`,
    )
    const card_id = exampleTokens.cardId(card)
    expect(edge.log.appended).toMatchObject([
      {
        type: 'Debit',
        account_id: card_id,
        debit: { amount: 5_025, currency: 'BRL', card_id, allows_partial: false, text: null },
      },
    ])
  })

  it('answers 409 and the same, with the words of the source, where the balance will not do', async () => {
    edge.log.script = () => ({ code: '51', reason: 'insufficient-funds' })
    const answer = await edge.post('/debito', debito)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toBe(
      `{"agencia":123,"numeroConta":45678,"numeroCartao":${card},"valor":50.25,"mensagem":"Saldo insuficiente"}`,
    )
  })

  it.each([
    ['14', 'no-such-card', 404, 'Cartao inexistente'],
    ['54', 'card-expired', 409, 'Cartao vencido'],
    ['05', 'account-blocked', 409, 'Conta bloqueada'],
    ['62', 'card-blocked', 409, 'Cartao bloqueado'],
    ['30', 'id-reused', 422, 'Requisicao invalida'],
    ['12', 'other-currency', 422, 'Transacao invalida'],
    ['77', 'of-a-later-version', 409, 'Transacao nao autorizada'],
  ])('answers code %s (%s) with %i', async (code, reason, status, mensagem) => {
    edge.log.script = () => ({ code, reason })
    const answer = await edge.post('/debito', debito)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    const body = await json(answer)
    expect(body).toMatchObject({ codigo: code, mensagem, reason, status, instance: '/debito' })
    expect(JSON.stringify(body)).not.toContain(card)
  })

  it.each([
    ['a number', '6304000000000000001', '50.25'],
    ['text', '"6304000000000000001"', '"50.25"'],
    ['text with zeros in front', '"0004111111111111111"', '"050.20"'],
    ['thirteen digits', '"0000000000001"', '1'],
  ])('keeps every digit of %s', async (_, numeroCartao, valor) => {
    const answer = await edge.post('/debito', `{"numeroCartao":${numeroCartao},"valor":${valor}}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(`"numeroCartao":${numeroCartao},"valor":${valor}}`)
    const id = exampleTokens.cardId(numeroCartao.replaceAll('"', ''))
    expect(edge.log.appended[0]!.account_id).toBe(id)
  })

  it('takes digits that a number would round for two cards', async () => {
    for (const digits of ['6304000000000000001', '6304000000000000002']) {
      await edge.post('/debito', `{"numeroCartao":${digits},"valor":1}`)
    }
    const [one, other] = edge.log.appended
    expect(one!.account_id).not.toBe(other!.account_id)
  })

  it.each([
    ['0', 'valor is zero'],
    ['-50', 'valor is below zero'],
    ['0.001', 'valor has more decimals than BRL has, which is 2'],
    ['1e2', 'valor has an exponent; write all digits, as in 50.25'],
    ['1e15', 'valor has an exponent; write all digits, as in 50.25'],
    ['1000000000000000', 'valor is more than 9999999999.99 BRL'],
    ['9007199254740992', 'valor is more than 9999999999.99 BRL'],
    ['"50,25"', 'valor has a comma; decimals come behind a point, as in 50.25'],
    ['"1; drop table conta_corrente"', 'valor is no decimal amount such as 50.25'],
    ['""', 'valor is no decimal amount such as 50.25'],
  ])('refuses the valor %s with code 13', async (valor, detail) => {
    const answer = await edge.post('/debito', `{"numeroCartao":${card},"valor":${valor}}`)
    expect(answer.status).toBe(422)
    expect(await json(answer)).toMatchObject({ codigo: '13', mensagem: 'Valor invalido', detail })
    expect(edge.log.appended).toEqual([])
  })

  it.each([
    ['{"numeroCartao":1234567890123}', 'valor is missing'],
    ['{"valor":1}', 'numeroCartao is missing'],
    ['{"numeroCartao":null,"valor":1}', 'numeroCartao is missing'],
    [
      '{"numeroCartao":true,"valor":1}',
      'numeroCartao is a boolean; it must be a number or its text',
    ],
    ['{"numeroCartao":[1],"valor":1}', 'numeroCartao is a list; it must be a number or its text'],
    ['{"numeroCartao":4.1e15,"valor":1}', /^numeroCartao is no card number/],
    ['{"numeroCartao":"12345678901234567890","valor":1}', /^numeroCartao is no card number/],
    ['{"numeroCartao":1234567890123,"valor":1,"moeda":"BRL"}', 'moeda is not known here'],
    ['{"numeroCartao":1234567890123,"valor":1,"4111111111111111":1}', 'a member is not known here'],
    ['{"__proto__":{"numeroCartao":1234567890123},"valor":1}', /missing|not known/],
  ])('refuses %s with code 30', async (body, detail) => {
    const answer = await edge.post('/debito', body)
    expect(answer.status).toBe(422)
    const told = await json(answer)
    expect(told['codigo']).toBe('30')
    expect(told['detail']).toMatch(detail)
    expect(JSON.stringify(told)).not.toMatch(/\d{13}/)
    expect(edge.log.appended).toEqual([])
  })

  it('reads no currency and no check digit: the cards of the source have another one', async () => {
    const strict = await startExampleEdge({ isLuhnChecked: true })
    expect((await strict.post('/debito', debito)).status).toBe(200)
    await strict.stop()
  })

  it('draws on the account the card belongs to, where that is another one', async () => {
    edge.cards.set(exampleTokens.cardId(card), 'kR3vY1mBq0aZ8sD7fG2hJw')
    await edge.post('/debito', debito)
    expect(edge.log.appended).toMatchObject([
      { account_id: 'kR3vY1mBq0aZ8sD7fG2hJw', debit: { card_id: exampleTokens.cardId(card) } },
    ])
  })
})
