import { Problem } from '#apps/platform/problem'
import type { LetterSelection } from '#apps/platform/operating/letter-selection'

/** What somebody wants to do with some dead letters, as a form or an address says it. */
export interface DecisionForm {
  readonly action: 'redriven' | 'dropped'
  readonly selection: LetterSelection
  /** Also those that were decided on, or sent back, before. */
  readonly isAgain: boolean
  readonly reason: string
  readonly isConfirmed: boolean
}

/** Letters that one form decides on, at most: its answer is waited for. */
export const decidedMax = 500
const reasonMax = 500

type Fields = Readonly<Record<string, unknown>>

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Parses the fields; Problem 400 where they name no unit, or a place or time that is none. */
export function decisionForm(
  fields: Fields,
  units: readonly { readonly name: string }[],
  nowMs: number,
): DecisionForm {
  const action = textIn(fields, 'action')
  if (action !== 'redriven' && action !== 'dropped') {
    throw new Problem(400, 'say what to do: send back, or give up')
  }
  const unit = units.find(({ name }) => name === textIn(fields, 'unit'))?.name
  if (unit === undefined) throw new Problem(400, 'say of which unit')
  const partition = numberIn(fields, 'partition')
  const offset = numberIn(fields, 'offset')
  if (offset !== undefined && partition === undefined) {
    throw new Problem(400, 'an offset goes with its partition')
  }
  const untilMs = instantIn(fields, 'until') ?? nowMs
  const sinceMs = instantIn(fields, 'since')
  const error = textIn(fields, 'error')
  const tenant = textIn(fields, 'tenant')?.toLowerCase()
  if (tenant !== undefined && !/^[0-9a-f-]{36}$/.test(tenant)) {
    throw new Problem(400, 'a public body is a UUID')
  }
  return {
    action,
    selection: { unit, partition, offset, error, tenant, sinceMs, untilMs, limit: decidedMax },
    isAgain: fields['again'] === 'on',
    reason: (textIn(fields, 'reason') ?? '').slice(0, reasonMax),
    isConfirmed: fields['confirmed'] === 'on',
  }
}

function numberIn(fields: Fields, name: string): number | undefined {
  const text = textIn(fields, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new Problem(400, `${name} is a whole number`)
  return Number(text)
}

/** An instant as `datetime-local` gives it, in UTC, or with an offset. */
export function instantIn(fields: Fields, name: string): number | undefined {
  const text = textIn(fields, name)
  if (text === undefined) return undefined
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/
  const ms = form.test(text)
    ? Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? text : withZone(text))
    : NaN
  if (Number.isNaN(ms))
    throw new Problem(400, `${name} is a date or a time such as 2026-01-15T10:00`)
  return ms
}

const withZone = (text: string) => (text.includes('T') ? `${text}Z` : text)
