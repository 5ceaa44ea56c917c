import type { PaymentExchange } from '#schemas/generated/types'

/** An exchange with an intermediary in a line: who asked whom for what, and what came of it. */
export function exchangeText(exchange: PaymentExchange): string {
  const { direction, connector, method, host, path, status, error, ms } = exchange
  const asked = direction === 'in' ? `${connector} told us` : `${connector} was asked`
  const came = [status === null ? 'no answer' : `answered ${status}`, error ? `(${error})` : '']
  return `${asked}: ${method} ${host}${path}, ${came.filter(Boolean).join(' ')} in ${ms} ms`
}

/** What both sides said, a line each: media type, size, and the body as it is kept. */
export function bodyLines(exchange: PaymentExchange): readonly string[] {
  const { request_type, request_bytes, request_body } = exchange
  const { response_type, response_bytes, response_body } = exchange
  return [
    ...bodyLine('asked', request_type, request_bytes, request_body),
    ...bodyLine('answered', response_type, response_bytes, response_body),
  ]
}

const bodyLine = (
  verb: string,
  type: string | null,
  bytes: number,
  body: string | null,
): readonly string[] =>
  bytes === 0 ? [] : [`${verb} ${type ?? 'of no type'}, ${bytes} bytes: ${body ?? 'not shown'}`]
