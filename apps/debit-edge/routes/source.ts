import { type Answer, jsonAnswer, problemAnswer } from '#apps/debit-edge/answers/answer'
import { sentenceOf } from '#apps/debit-edge/answers/sentences'
import { statusOf } from '#apps/debit-edge/answers/status'
import { amountOf, balanceOf } from '#apps/debit-edge/reading/amount'
import { cardOf } from '#apps/debit-edge/reading/card'
import { expectMembers, numeralAt, required, wholeNumberAt } from '#apps/debit-edge/reading/members'
import { requestIdIn } from '#apps/debit-edge/reading/request-id'
import { expectOwnCard } from '#apps/debit-edge/routes/accounts'
import type { AskedRoute, Given, Order } from '#apps/debit-edge/routes/asked'
import { refusal } from '#apps/debit-edge/reading/refusal'
import type { DebitDecision } from '#schemas/generated/types'

/** The currency of the source's amounts, which say none. */
const currency = 'BRL'

/** The check digit of the source's own cards is wrong. */
const numberAt = (given: Given) => {
  const numeral = required('numeroCartao', numeralAt(given.body, 'numeroCartao'))
  const reading = { ...given.desk.cards, isLuhnChecked: false }
  return { numeral, card: cardOf('numeroCartao', numeral, reading) }
}

/** `POST /conta`: an account with its card. */
export const conta: AskedRoute = {
  name: '/conta',
  requestId: (headers) => requestIdIn(headers),
  read(given): Order {
    const { body, requestId: request_id, nowMs } = given
    expectMembers(body, ['agencia', 'numeroConta', 'saldo', 'numeroCartao'])
    const { card } = numberAt(given)
    expectOwnCard(card, given.accountOf)
    const saldo = required('saldo', numeralAt(body, 'saldo'))
    const open_account = {
      currency,
      opening_balance: balanceOf('saldo', saldo.text, currency),
      branch: required('agencia', wholeNumberAt(body, 'agencia', 2_147_483_647)),
      number: required('numeroConta', wholeNumberAt(body, 'numeroConta', Number.MAX_SAFE_INTEGER)),
      card: { card_id: card.id, display: card.display, status: 'Active', expires_at: null },
    } as const
    return {
      terms: {
        type: 'OpenAccount',
        account_id: card.id,
        request_id,
        requested_at: nowMs,
        open_account,
      },
      card,
      answer: (decision) =>
        decision.code === '00'
          ? jsonAnswer(200, '{"mensagem":"Conta incluida com sucesso"}')
          : refused('/conta', decision),
    }
  },
}

/** `POST /debito`: money leaves the account of the card. */
export const debito: AskedRoute = {
  name: '/debito',
  requestId: (headers) => requestIdIn(headers),
  read(given): Order {
    const { body, requestId: request_id, nowMs } = given
    expectMembers(body, ['numeroCartao', 'valor'])
    const { numeral, card } = numberAt(given)
    const valor = required('valor', numeralAt(body, 'valor'))
    const debit = {
      amount: amountOf('valor', valor.text, currency),
      currency,
      card_id: card.id,
      allows_partial: false,
      text: null,
    }
    const account_id = given.accountOf(card.id)
    return {
      terms: { type: 'Debit', account_id, request_id, requested_at: nowMs, debit },
      card,
      answer: (decision) => debitoAnswer(decision, numeral.json, valor.json),
    }
  },
}

// Numbers are given back as they were written: no parser has rounded them on the way.
function debitoAnswer(decision: DebitDecision, numeroCartao: string, valor: string): Answer {
  const { code, branch, number } = decision
  const told = `"agencia":${branch},"numeroConta":${number},"numeroCartao":${numeroCartao},"valor":${valor}`
  if (code === '00') return jsonAnswer(200, `{${told}}`)
  if (code === '51') return jsonAnswer(409, `{${told},"mensagem":"Saldo insuficiente"}`)
  return refused('/debito', decision)
}

function refused(path: string, { code, reason }: DebitDecision): Answer {
  const problem = refusal(statusOf(code), { code, reason, detail: sentenceOf(reason) })
  return problemAnswer(problem, path)
}
