import { createHmac } from 'node:crypto'
import { type Numeral, numeralAt } from '#apps/debit-edge/reading/members'
import type { Body } from '#apps/debit-edge/reading/read-body'
import { memberError, refusal } from '#apps/debit-edge/reading/refusal'
import {
  displayOf,
  holdsCardNumber,
  mayHoldCardNumber,
  parseCardNumber,
  passesLuhn,
} from '#schemas/values/card-number'
import type { InvalidValueError } from '#schemas/values/invalid-value'

/** A card a request was made with. Its number goes nowhere but into what the other two are made of. */
export interface Card {
  readonly number: string
  /** Keyed token of the number: 128 bits of an HMAC-SHA-256, as base64url. */
  readonly id: string
  readonly display: string
}

/** Makes tokens that nobody without the key can go back from, or forth to. */
export interface Tokens {
  cardId(cardNumber: string): string
  /** Of an account that is opened without a card: the same for the same request. */
  accountId(requestId: string): string
}

/** The tokens of a key: with another key every card is another one. */
export function tokensOf(key: Buffer): Tokens {
  const token = (text: string) =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
  return {
    cardId: token,
    // No card number begins like this.
    accountId: (requestId) => token(`account ${requestId}`),
  }
}

const tokenShape = /^[\w-]{22}$/

/** Whether it can be the id of an account; it becomes a key. One token in ten thousand million has as many digits. */
export const isToken = (text: string): boolean => tokenShape.test(text) && !mayHoldCardNumber(text)

export interface CardReading {
  readonly tokens: Tokens
  /** Whether the check digit of a number must be right. */
  readonly isLuhnChecked: boolean
}

/** The card a member gives the number of; undefined where it is absent. Problem 422, or 404 for a wrong check digit. */
export function cardAt(body: Body, name: string, reading: CardReading): Card | undefined {
  const given = numeralAt(body, name)
  return given && cardOf(name, given, reading)
}

/** The card of a number as it was given. */
export function cardOf(name: string, { text }: Numeral, reading: CardReading): Card {
  const number = numberOf(name, text)
  if (reading.isLuhnChecked && !passesLuhn(number)) {
    const detail = `${name} has another check digit`
    throw refusal(404, { code: '14', reason: 'no-such-card', detail, pointer: `/${name}` })
  }
  return { number, id: reading.tokens.cardId(number), display: displayOf(number) }
}

function numberOf(name: string, text: string): string {
  try {
    return parseCardNumber(text)
  } catch (error) {
    throw memberError(name, (error as InvalidValueError).reason)
  }
}

/** Refuses a text that would carry the number of a card to where it may not be. */
export function expectNoCard(name: string, text: string, card: Card | undefined): void {
  // Digits of other widths are digits to whoever reads them.
  if (!holdsCardNumber(text.normalize('NFKC'), card?.number)) return
  throw memberError(name, 'holds what looks like the number of a card')
}
