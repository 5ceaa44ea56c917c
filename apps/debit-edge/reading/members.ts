import { isLosslessNumber } from 'lossless-json'
import type { Body } from '#apps/debit-edge/reading/read-body'
import { formatError, memberError } from '#apps/debit-edge/reading/refusal'
import { instantOf } from '#schemas/values/date-time'
import { InvalidValueError, kindOf } from '#schemas/values/invalid-value'

const printable = /^[a-zA-Z_]{1,40}$/

/** Problem 422 where the body has a member that is not known. */
export function expectMembers(body: Body, known: readonly string[]): void {
  for (const name of Object.keys(body)) {
    if (known.includes(name)) continue
    // A name may be anything, also the number of a card.
    const named = printable.test(name) ? name : 'a member'
    throw formatError('unknown-member', `${named} is not known here`)
  }
}

/** A member of the body itself, and not of what every object has; undefined where it is absent or null. */
function memberOf(body: Body, name: string): unknown {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined
}

const typeError = (name: string, value: unknown, wanted: string) => {
  const kind = isLosslessNumber(value) ? 'a number' : kindOf(value)
  return memberError(name, `is ${kind}; it must be ${wanted}`)
}

/** Text; undefined where it is absent. */
export function textAt(body: Body, name: string): string | undefined {
  const value = memberOf(body, name)
  if (value === undefined || typeof value === 'string') return value
  throw typeError(name, value, 'text')
}

const textCharactersMax = 140

/** Words for a statement: 140 characters, none of them a control character; null where they are absent. */
export function wordsAt(body: Body, name: string): string | null {
  const text = textAt(body, name)
  if (text === undefined) return null
  if (text.length <= textCharactersMax && !/[\p{Cc}\p{Cs}]/u.test(text)) return text
  throw memberError(name, `must have at most ${textCharactersMax} characters, none to control with`)
}

/** True or false; `otherwise` where it is absent. */
export function booleanAt(body: Body, name: string, otherwise: boolean): boolean {
  const value = memberOf(body, name) ?? otherwise
  if (typeof value === 'boolean') return value
  throw typeError(name, value, 'true or false')
}

/** Digits given as a number or as text: how they were written. */
export interface Numeral {
  /** As it stands in the JSON, for an answer that gives it back. */
  readonly json: string
  readonly text: string
}

/** A number or its text; undefined where it is absent. */
export function numeralAt(body: Body, name: string): Numeral | undefined {
  const value = memberOf(body, name)
  if (value === undefined) return undefined
  if (typeof value === 'string') return { json: JSON.stringify(value), text: value }
  if (!isLosslessNumber(value)) throw typeError(name, value, 'a number or its text')
  const text = value.value
  return { json: text, text }
}

/** A whole number from 0 to `max`, given as a number or as text; undefined where it is absent. */
export function wholeNumberAt(body: Body, name: string, max: number): number | undefined {
  const text = numeralAt(body, name)?.text
  if (text === undefined) return undefined
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN
  if (number <= max) return number
  throw memberError(name, `must be a whole number from 0 to ${max}`)
}

/** An instant of RFC 3339, milliseconds since the epoch; undefined where it is absent. */
export function instantAt(body: Body, name: string): number | undefined {
  const text = textAt(body, name)
  if (text === undefined) return undefined
  try {
    return instantOf(text)
  } catch (error) {
    throw memberError(name, (error as InvalidValueError).reason)
  }
}

/** What is there. Problem 422 where it is not. */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value !== undefined) return value
  throw memberError(name, 'is missing')
}
