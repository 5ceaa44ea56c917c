import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { constants, type ServerHttp2Stream } from 'node:http2'
import type { StoredRow } from '#apps/ksql-standin/database/read-rows'
import type { RowFormat } from '#apps/ksql-standin/http/row-format'
import { renderValue } from '#apps/ksql-standin/sql/render-value'
import type { Column } from '#apps/ksql-standin/sql/sql-type'

interface Sending {
  readonly format: RowFormat
  readonly columns: readonly Column[]
  readonly rows: AsyncGenerator<readonly StoredRow[]>
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
}

/** A client that takes nothing for so long is given up. */
const silentMsMax = 60_000

/**
 * Writes rows as they come, as fast as the client takes them. What fails before anything was written is thrown and the
 * answer is the caller's; what fails later breaks the answer off: it must not look like a whole one.
 */
export async function sendRows(response: ServerResponse, sending: Sending): Promise<void> {
  const { format, columns, rows, signal } = sending
  const type = { 'content-type': format.contentType }
  const head = () => {
    if (!response.headersSent) response.writeHead(200, type)
  }
  try {
    let text = format.header(`query_${Date.now()}`, columns)
    for (let next = await rows.next(); !next.done;) {
      text += next.value.map((row) => format.row(rendered(columns, row))).join('')
      next = await rows.next()
      // What is the last goes out with the end: most answers are one piece.
      if (next.done) break
      head()
      await written(response, text, signal)
      text = ''
    }
    const last = text + format.end
    // Whose length is known goes out with its header, in one piece: what a look-up costs is mostly such writes.
    if (!response.headersSent) {
      response.writeHead(200, { ...type, 'content-length': String(Buffer.byteLength(last)) })
    }
    response.end(last)
  } catch (error) {
    await rows.return(undefined)
    if (response.headersSent) breakOff(response)
    throw error
  }
}

const rendered = (columns: readonly Column[], row: StoredRow): readonly string[] =>
  columns.map(({ type }, at) => renderValue(type, row[at] ?? null))

async function written(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (response.write(text)) return signal.throwIfAborted()
  const patience = AbortSignal.any([signal, AbortSignal.timeout(silentMsMax)])
  await once(response, 'drain', { signal: patience })
}

function breakOff(response: ServerResponse): void {
  const { stream } = response as { stream?: ServerHttp2Stream }
  if (stream) stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else response.destroy()
}
