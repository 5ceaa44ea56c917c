import { describe, expect, it } from 'vitest'
import { exampleBody, exampleNotified } from '#connectors/iris/example-configuration'
import {
  basicOf,
  exampleMessage,
  exampleNotification,
  examplePaid,
} from '#connectors/iris/example-message'
import { pendenciesIn, readInformativa } from '#connectors/iris/notification'
import type { RejectedError } from '#core/errors'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'
const other = '0b9a7c3e9a404d7ca1a54f7b0a6d2c18'
const secrets = {
  sender_id: exampleBody.sender_id,
  notify_username: exampleNotified.username,
  notify_password: exampleNotified.password,
}
const read = (
  body: string,
  headers = {},
  agreed: Parameters<typeof readInformativa>[1] = secrets,
) => readInformativa(exampleNotification(body, headers), agreed)
const refusal = (...given: Parameters<typeof read>) => {
  try {
    return read(...given)
  } catch (error) {
    return (error as RejectedError).code
  }
}
const message = exampleMessage([examplePaid(iud)])

// Nine levels of ten: a billion words out of a screenful.
const billionLaughs = `<!DOCTYPE l [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
  .join('')}]>`

describe('a message of iris', () => {
  it('is read, whatever its prefixes', () => {
    const { msgId, receiverId, payments } = read(
      message.replaceAll('ip:', 'x:').replace(':ip=', ':x='),
    )
    expect({ msgId, receiverId }).toEqual({ msgId: 'msg_1', receiverId: 'BUGLIANO' })
    expect(payments).toEqual([
      {
        RiferimentoPagamento: { IdPagamento: '99000000000012345' },
        DataOraPagamento: '2025-03-10T10:01:58+01:00',
        Importo: '42.50',
        Esito: 'ESEGUITO',
        Transazione: { IdTransazione: 'IR-1' },
        RiferimentoDebito: { Pendenza: iud },
      },
    ])
  })

  it('may tell of several payments, and of pendencies that are none of ours', () => {
    const several = exampleMessage([
      examplePaid(iud),
      examplePaid('TARI.2025.17'),
      examplePaid(other),
    ])
    expect(read(several).payments).toHaveLength(3)
    expect(pendenciesIn(several)).toEqual([iud, 'TARI.2025.17', other])
  })

  it.each(['42.5', '42', '42.500', '0042.50'])('may write a sum as %s', (Importo) => {
    const [payment] = read(exampleMessage([examplePaid(iud, { Importo })])).payments
    expect(payment?.Importo).toBe(Importo)
  })

  it('has its times in Rome, where they say nothing else', () => {
    const at = (DataOraPagamento: string) =>
      read(exampleMessage([examplePaid(iud, { DataOraPagamento })])).payments[0]?.DataOraPagamento
    expect(at('2025-07-10T10:01:58.123')).toBe('2025-07-10T10:01:58+02:00')
    expect(at('2025-07-10T10:01:58Z')).toBe('2025-07-10T12:01:58+02:00')
  })

  it('may hold what nobody reads, in whatever letters', () => {
    const more = examplePaid(iud, { DescrizioneCausale: 'caff\uFFFD', Note: '<ip:b/>' })
    expect(read(exampleMessage([more])).payments).toHaveLength(1)
  })
})

describe('a message of iris is not believed', () => {
  it.each([
    ['nobody', undefined],
    ['another password', basicOf('iris', 'guessed-password')],
    ['another user', basicOf('other')],
    ['no Basic', `Bearer ${basicOf().slice(6)}`],
    ['something that is none', 'Basic !'],
    ['nothing behind the word', 'Basic '],
  ])('with the credentials of %s', (_who, authorization) => {
    expect(refusal(message, { authorization })).toBe('bad-signature')
  })

  it.each([
    ['user', { notify_username: undefined }],
    ['password', { notify_password: undefined }],
  ])('where no %s was agreed, also of whoever says undefined', (_what, missing) => {
    const agreed = { ...secrets, ...missing }
    const authorization = basicOf(String(agreed.notify_username), String(agreed.notify_password))
    expect(refusal(message, { authorization }, agreed)).toBe('bad-signature')
  })
})

describe('a message of iris is refused', () => {
  it.each([
    ['nothing', ''],
    ['JSON', '{"iud":1}'],
    ['a page', '<!doctype html><title>Login</title>'],
    ['XML cut short', message.slice(0, -20)],
    ['no envelope', '<a/>'],
    ['an envelope of something else', message.replaceAll('p:IdpInformativaPagamento', 'p:Altro')],
    ['another namespace', message.replace('iris_1_1/proxy', 'iris_2_0/proxy')],
    ['no payment', exampleMessage([])],
    ['a document type', message.replace('?>', '?><!DOCTYPE a>')],
    ['entities that multiply', message.replace('?>', `?>${billionLaughs}`).replace('IR-1', '&j;')],
    ['another character set by its own word', message.replace('UTF-8', 'ISO-8859-1')],
    ['nesting without end', exampleMessage(['<a>'.repeat(60) + '</a>'.repeat(60)])],
  ])('that is %s, and names nobody', (_what, body) => {
    expect(refusal(body)).toBe('bad-notification')
    expect(pendenciesIn(body)).toEqual([])
  })

  it.each([
    ['no sum', { Importo: '' }],
    ['a sum with a comma', { Importo: '42,50' }],
    ['a sum of parts of a cent', { Importo: '42.505' }],
    ['a sum below zero', { Importo: '-42.50' }],
    ['no time', { DataOraPagamento: 'soon' }],
    ['a day that is none', { DataOraPagamento: '2025-02-30T10:00:00' }],
    ['a transaction without an id', { Transazione: '<ip:IdTransazione> </ip:IdTransazione>' }],
    ['two sums', { Importo: '42.50</ip:Importo><ip:Importo>0.01' }],
    ['two pendencies', { RiferimentoDebito: `<ip:Pendenza>${iud}</ip:Pendenza><ip:Pendenza/>` }],
  ])('that tells of %s', (_what, changes) => {
    expect(refusal(exampleMessage([examplePaid(iud, changes)]))).toBe('bad-notification')
  })

  it('that is in another character set by the word of HTTP', () => {
    const type = (charset: string) => ({ 'content-type': `text/xml; charset=${charset}` })
    expect(refusal(message, type('ISO-8859-1'))).toBe('bad-notification')
    expect(read(message, type('"utf-8"')).payments).toHaveLength(1)
  })

  it('that is for another body', () => {
    expect(refusal(exampleMessage([examplePaid(iud)], { receiver: 'ALTRO' }))).toBe(
      'bad-notification',
    )
  })
})
