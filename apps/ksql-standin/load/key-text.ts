import { doubleText } from '#apps/ksql-standin/load/numeral'
import { fromJson, parseJson } from '#apps/ksql-standin/load/json-value'
import { keptText } from '#apps/ksql-standin/load/stored-text'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

/** How a reader hands keys over whose bytes are needed: a character a byte. */
export const keyEncoding = 'latin1'

/** A record's key as Postgres stores it. Throws UnstorableError where its bytes are no key of this type. */
export function keyText(type: SqlType, format: string, key: string): string {
  const bytes = Buffer.from(key, keyEncoding)
  if (format === 'JSON') {
    const text = fromJson(type, parseJson(bytes))
    if (text === null) throw new UnstorableError('a key that is null')
    return text
  }
  if (type.kind === 'STRING') return keptText(bytes.toString('utf8'))
  if (type.kind === 'INTEGER') return String(sized(bytes, 4).readInt32BE())
  if (type.kind === 'BIGINT') return String(sized(bytes, 8).readBigInt64BE())
  if (type.kind === 'DOUBLE') return doubleText(String(sized(bytes, 8).readDoubleBE()))
  throw new UnstorableError(`a key of ${type.kind}`)
}

function sized(bytes: Buffer, length: number): Buffer {
  if (bytes.length === length) return bytes
  throw new UnstorableError(`a key that has not ${length} bytes`)
}
