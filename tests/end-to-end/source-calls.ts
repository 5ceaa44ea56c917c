import { expect } from 'vitest'
import { type DebitScene, newCard } from '#tests/debit-scene'

/** What callers do by the words of the source, and what the log then has of it. */
export const sourceCalls = (scene: () => DebitScene) => ({
  /** Opens the account of a card; the number of the card. */
  async opened(saldo: number, numeroCartao = newCard()) {
    const conta = { agencia: 123, numeroConta: 45_678, saldo, numeroCartao }
    const answer = await scene().post('/conta', conta)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('{"mensagem":"Conta incluida com sucesso"}')
    return numeroCartao
  },

  debit: (numeroCartao: string, valor: number, key: string, more = {}) =>
    scene().post('/debito', { numeroCartao, valor }, { 'idempotency-key': key, ...more }),

  /** Waits until what became of a request, and of undoing it, is in the log. */
  settled: (key: string, count: number) =>
    scene().watch.until(`${count} decisions about ${key}`, () => {
      const found = scene().decisionsOf(key)
      return found.length >= count ? found : undefined
    }),
})

export const codeOf = async (answer: Response) =>
  ((await answer.json()) as { readonly codigo?: string }).codigo
