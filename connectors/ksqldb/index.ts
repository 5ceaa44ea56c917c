import { jsonOf, rowsOf } from '#connectors/ksqldb/client'
import { described, executed } from '#connectors/ksqldb/commands'
import { KsqldbConfig, originOf } from '#connectors/ksqldb/config'
import { delimitedFormat, v1Format } from '#connectors/ksqldb/formats'
import { http1 } from '#connectors/ksqldb/http1'
import { http2 } from '#connectors/ksqldb/http2'
import { Queue } from '#connectors/ksqldb/queue'
import type { TransportRequest } from '#connectors/ksqldb/transport'
import { RejectedError } from '#core/errors'
import type { Ksqldb, KsqlOptions } from '#ports/ksqldb'

export { KsqlStatementError, KsqlUnauthorized, KsqlUnavailable } from '#connectors/ksqldb/errors'
export type { KsqldbConfig } from '#connectors/ksqldb/config'
export type { KsqlTableOptions } from '#connectors/ksqldb/asking'
export { ksqlTable } from '#connectors/ksqldb/table'

/**
 * A ksqlDB server over HTTP. Only one pull query runs at a time: a server may lock up over several that wait for each
 * other's threads. Throws RejectedError('bad-configuration') naming the member that is wrong.
 */
export function ksqldb(config: KsqldbConfig): Ksqldb {
  const { http, format: formatName, waiting_max, connect_ms, ...rest } = validatedOf(config)
  const origin = originOf({ http, format: formatName, waiting_max, connect_ms, ...rest })
  const transport = (http === '2' ? http2 : http1)(origin, connect_ms)
  const format = formatName === 'v1' ? v1Format : delimitedFormat
  const queue = new Queue(waiting_max)
  const ask = (request: Omit<TransportRequest, 'signal' | 'accept'>, options?: KsqlOptions) =>
    jsonOf(request, { transport, limits: rest, signal: options?.signal })
  return {
    describe: (options) => described(ask, options),
    execute: (statements, options) => executed(ask, statements, options),
    async *pull(query, options) {
      const leave = await queue.enter(options?.signal)
      try {
        const asked = { transport, limits: rest, ...options }
        for await (const rows of rowsOf(format, query.toString(), asked)) {
          for (const row of rows) yield row
        }
      } finally {
        leave()
      }
    },
    close: () => transport.close(),
  }
}

function validatedOf(config: KsqldbConfig) {
  const parsed = KsqldbConfig.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RejectedError('bad-configuration', `${issue?.path.join('.')}: ${issue?.message}`)
}
