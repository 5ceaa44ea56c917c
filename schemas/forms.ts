import type { TextTypeName, ValueTypeName } from '#schemas/avro'
import { base64Of, checkBytes, parseBase64 } from '#schemas/values/bytes'
import { checkCents, eurosOf, parseCents } from '#schemas/values/cents'
import { parseDateTime, toRomeTime } from '#schemas/values/date-time'
import { parseIban } from '#schemas/values/iban'
import { textOf } from '#schemas/values/invalid-value'
import { parseIud } from '#schemas/values/iud'
import { parseIuv } from '#schemas/values/iuv'
import { jsonTextOf, parseJsonText, readJson } from '#schemas/values/json-text'
import { parseNoticeCode } from '#schemas/values/notice-code'
import { parseTaxCode } from '#schemas/values/tax-code'
import { parseUuid } from '#schemas/values/uuid'

export type Convert = (value: unknown) => unknown

/**
 * What becomes of each value type on one way, and of nulls that the contract's first form lacks.
 */
export interface Form {
  readonly values: Readonly<Record<ValueTypeName, Convert>>
  /** Whether a default, which the schema gives as code has it, still has to be converted. */
  readonly convertsDefaults: boolean
  readonly leavesNullsOut: boolean
  /**
   * Whether a record or list none of whose members changes is handed on as it is, with members the schema does not
   * know: where whoever takes it reads the others alone. Else all are copied.
   */
  readonly keepsUnchanged: boolean
}

const texts: Readonly<Record<Exclude<TextTypeName, 'json'>, Convert>> = {
  uuid: parseUuid,
  'date-time': parseDateTime,
  'notice-code': parseNoticeCode,
  iuv: parseIuv,
  iud: parseIud,
  'tax-code': parseTaxCode,
  iban: parseIban,
}

/** From what was read as Avro to the same value, checked and in the one spelling of each value type. */
export const settling: Form = {
  values: { ...texts, bytes: checkBytes, cents: checkCents, json: parseJsonText },
  convertsDefaults: true,
  leavesNullsOut: false,
  keepsUnchanged: true,
}

/**
 * From plain JSON to a value of code: amounts in euros become cents, free-form members their text.
 */
export const fromPlainJson: Form = {
  values: { ...texts, bytes: parseBase64, cents: parseCents, json: jsonTextOf },
  convertsDefaults: false,
  leavesNullsOut: false,
  keepsUnchanged: false,
}

// What we write carries the offset of Rome, whoever gave the time.
const writtenTexts = { ...texts, 'date-time': toRomeTime }

/** From a value of code to what Avro encodes, checked. */
export const toAvro: Form = {
  ...settling,
  values: { ...settling.values, ...writtenTexts },
}

/** From a value of code to plain JSON, checked. */
export const toPlainJson: Form = {
  values: {
    ...writtenTexts,
    bytes: base64Of,
    cents: (cents) => eurosOf(checkCents(cents)),
    json: (text) => readJson(textOf(text, 'JSON text')),
  },
  convertsDefaults: true,
  leavesNullsOut: true,
  keepsUnchanged: false,
}
