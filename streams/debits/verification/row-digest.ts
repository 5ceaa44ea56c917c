import { hash } from 'node:crypto'
import { codecOf } from '#schemas/codec'
import type { DebitRow } from '#schemas/generated/types'

const codec = codecOf('corrente.debits.DebitRow')

/** The same for the same row, whoever wrote its bytes. */
export const rowDigest = (row: DebitRow): string =>
  hash('sha256', codec.encode(row), 'hex').slice(0, 32)
