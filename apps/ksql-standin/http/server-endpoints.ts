import type { ServerResponse } from 'node:http'
import { Refusal, sendEmpty, sendJson } from '#apps/ksql-standin/http/reply'
import { isDenied } from '#apps/ksql-standin/http/request-properties'
import type { Serving } from '#apps/ksql-standin/http/serving'
import { genericError } from '#apps/ksql-standin/sql/ksql-error'
import { mediaTypes } from '#apps/ksql-standin/http/accept'
import { appVersion } from '#core/version'

/** The release whose answers these are. */
const version = '7.5.16'
const serviceId = 'default_'

export type HealthOf = () => Promise<{ readonly isHealthy: boolean }>

/** Answers a GET that asks about the server itself; false where the path is none of these. */
export async function answerAbout(
  path: string,
  response: ServerResponse,
  serving: Serving,
  kafka: HealthOf,
): Promise<boolean> {
  const fixed = fixedAnswer(path, serving)
  if (fixed) sendJson(response, 200, fixed)
  else if (path === '/healthcheck') sendJson(response, 200, healthOf(await kafka()))
  // What the real server answers where it sends no heartbeats.
  else if (path === '/clusterStatus') sendEmpty(response, 404, { 'content-type': mediaTypes.json })
  else if (path.startsWith('/is_valid_property/')) sendJson(response, 200, validity(path))
  else if (path.startsWith('/status/')) sendJson(response, 200, statusOf(path, serving))
  else return false
  return true
}

const fixedAnswer = (path: string, { clusterId }: Serving): object | undefined => {
  const scope = { path: [], clusters: { 'kafka-cluster': clusterId, 'ksql-cluster': serviceId } }
  switch (path) {
    case '/info':
      return {
        KsqlServerInfo: {
          version,
          kafkaClusterId: clusterId,
          ksqlServiceId: serviceId,
          serverStatus: 'RUNNING',
          standIn: `Corrente ${appVersion}: a part of ksqlDB's API over Postgres, and no ksqlDB`,
        },
      }
    case '/v1/metadata':
      return { version, clusterId: { scope, id: '' } }
    case '/v1/metadata/id':
      return { scope, id: '' }
    case '/chc/live':
    case '/chc/ready':
      return {}
    default:
      return undefined
  }
}

const healthOf = (kafka: { readonly isHealthy: boolean }) => ({
  isHealthy: kafka.isHealthy,
  details: { metastore: { isHealthy: true }, kafka, commandRunner: { isHealthy: kafka.isHealthy } },
  serverState: 'READY',
})

function validity(path: string): true {
  const name = decoded(path.slice('/is_valid_property/'.length))
  if (isDenied(name)) throw new Refusal(genericError(`${name} cannot be set`), true)
  return true
}

function statusOf(path: string, { catalog }: Serving) {
  const wanted = decoded(path.slice('/status/'.length))
  const found = catalog.commands().find(({ id }) => id === wanted)
  if (!found) throw new Refusal(genericError('there is no such command', 40400), true)
  return { status: 'SUCCESS', message: found.message, queryId: found.queryId }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
