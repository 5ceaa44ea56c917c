import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'
import { ksqldb, KsqlUnauthorized } from '#connectors/ksqldb/index'
import type { KsqlEntity } from '#ports/ksqldb'
import { ksql } from '#ports/ksql-text'

const { ok, advice, warning, problem } = findingsOf('ksqlDB')

/** How ksqlDB is set. Nothing where none is named: that is told with what it shows. */
export async function checkKsqldbProperties(env: Environment): Promise<readonly Finding[]> {
  const config = ksqldbSettings(env)
  if (!config) return []
  const client = ksqldb(config)
  try {
    const entities = await client.execute(ksql`SHOW PROPERTIES;`)
    return propertyFindings(new Map(entities.flatMap(listed)))
  } catch (error) {
    if (!(error instanceof KsqlUnauthorized)) throw error
    return [problem('ksqlDB refuses KSQLDB_USERNAME and KSQLDB_PASSWORD: correct them')]
  } finally {
    await client.close()
  }
}

/** Names without the prefix under which they were set. */
export const listed = (entity: KsqlEntity): readonly (readonly [string, string])[] => {
  const { properties } = entity
  if (!Array.isArray(properties)) return []
  return (properties as readonly { readonly name?: unknown; readonly value?: unknown }[])
    .filter(({ name }) => typeof name === 'string')
    .map(
      ({ name, value }) => [String(name).replace(/^ksql\.streams\./, ''), String(value)] as const,
    )
}

/** Whether it shows only what is final. What it does not list is not judged. */
export function propertyFindings(properties: ReadonlyMap<string, string>): readonly Finding[] {
  const isolation = properties.get('consumer.isolation.level')
  const guarantee = properties.get('processing.guarantee')
  const found = [
    isolation !== undefined &&
      isolation !== 'read_committed' &&
      warning(
        `consumer.isolation.level of ksqlDB is ${isolation}: it shows rows of aborted transactions, and keeps them; set ` +
          'ksql.streams.consumer.isolation.level=read_committed, restart it, and make its tables anew',
      ),
    guarantee !== undefined &&
      !guarantee.startsWith('exactly_once') &&
      advice(
        `processing.guarantee of ksqlDB is ${guarantee}: a stream it makes of ours may hold a row twice after a restart; set ` +
          'ksql.streams.processing.guarantee=exactly_once_v2',
      ),
  ].filter((finding) => finding !== false)
  return found.length > 0 ? found : [ok('the settings of ksqlDB are well, as far as it lists them')]
}
