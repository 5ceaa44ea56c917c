import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { KsqlStatementError, KsqlUnavailable } from '#connectors/ksqldb/errors'
import type { TransportRequest } from '#connectors/ksqldb/transport'
import type { KsqlEntity, KsqlOptions } from '#ports/ksqldb'
import type { KsqlText } from '#ports/ksql-text'

type AskJson = (
  request: Omit<TransportRequest, 'signal' | 'accept'>,
  options: KsqlOptions | undefined,
) => Promise<unknown>

const Entity = z.looseObject({ '@type': z.string() })
const Status = z.looseObject({ status: z.string(), message: z.string().nullish() })
const Command = z.looseObject({
  '@type': z.literal('currentStatus'),
  commandId: z.string(),
  commandStatus: Status,
})

/** Longest that a definition is waited for, milliseconds: the server itself waits 5 s and then says that it goes on. */
const doneMsMax = 120_000
const pollMs = 200

/** Runs statements, and waits for each definition among them until the server has done it. */
export async function executed(
  ask: AskJson,
  statements: KsqlText,
  options?: KsqlOptions,
): Promise<readonly KsqlEntity[]> {
  const body = JSON.stringify({
    ksql: statements.toString(),
    streamsProperties: options?.properties ?? {},
  })
  const entities = read(
    z.array(Entity),
    await ask({ method: 'POST', path: '/ksql', body }, options),
  )
  for (const entity of entities) {
    const command = Command.safeParse(entity)
    if (command.success) await done(ask, command.data, options)
  }
  return entities
}

async function done(
  ask: AskJson,
  { commandId, commandStatus }: z.output<typeof Command>,
  options: KsqlOptions | undefined,
): Promise<void> {
  const path = `/status/${commandId.split('/').map(encodeURIComponent).join('/')}`
  const until = performance.now() + doneMsMax
  let { status, message } = commandStatus
  while (status !== 'SUCCESS') {
    if (status === 'ERROR') throw new KsqlStatementError(40001, message ?? '')
    if (performance.now() > until) throw new KsqlUnavailable('ksqlDB is still at a definition')
    await sleep(pollMs, undefined, { signal: options?.signal })
    ;({ status, message } = read(Status, await ask({ method: 'GET', path }, options)))
  }
}

function read<T>(shape: z.ZodType<T>, json: unknown): T {
  const result = shape.safeParse(json)
  if (result.success) return result.data
  throw new KsqlUnavailable('ksqlDB answered in no known form')
}

const Info = z.object({
  KsqlServerInfo: z.object({ version: z.string(), serverStatus: z.string() }),
})

/** What the server says that it is. */
export async function described(ask: AskJson, options: KsqlOptions | undefined) {
  const { KsqlServerInfo } = read(Info, await ask({ method: 'GET', path: '/info' }, options))
  return { version: KsqlServerInfo.version, status: KsqlServerInfo.serverStatus }
}
