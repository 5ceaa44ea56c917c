import type { Catalog } from '#apps/ksql-standin/catalog'
import { statementError } from '#apps/ksql-standin/sql/ksql-error'
import type { Variables } from '#apps/ksql-standin/sql/parse/parse-statements'
import type { ListedThing, Statement } from '#apps/ksql-standin/sql/syntax'
import * as entities from '#apps/ksql-standin/statements/entities'
import type { TopicDirectory } from '#apps/ksql-standin/topic-directory'

export interface ShowPorts {
  readonly catalog: Catalog
  readonly topics: TopicDirectory
  /** Settings of the server, by the names they have in ksqlDB. */
  readonly properties: readonly (readonly [name: string, value: string])[]
  /** Of the request. */
  readonly variables: Variables
}

type Shown = Extract<Statement, { kind: 'show' | 'describe' | 'describeAll' }>
type Show = Extract<Statement, { kind: 'show' }>

/** Answers a statement that changes nothing. */
export async function show(statement: Shown, ports: ShowPorts): Promise<entities.Entity> {
  switch (statement.kind) {
    case 'describe':
      return describe(statement, ports)
    case 'describeAll':
      if (statement.what === 'STREAMS') return entities.sourceDescriptions(statement.text, [])
      return entities.sourceDescriptions(statement.text, await described(ports))
    case 'show':
      return list(statement, ports)
  }
}

const describe = async (
  { source, text, isExtended }: Extract<Statement, { kind: 'describe' }>,
  ports: ShowPorts,
) => {
  const found = (await described(ports)).find(({ table }) => table.source.name === source)
  if (!found) throw statementError(`there is no source ${source}`, text)
  return entities.sourceDescription(text, found, isExtended)
}

const described = async ({ catalog, topics }: ShowPorts) => {
  const all = await topics.all()
  return catalog.tables().map((table) => ({
    table,
    replication: all.find(({ name }) => name === table.source.topic)?.replicas[0] ?? 0,
  }))
}

const list = async (statement: Show, ports: ShowPorts): Promise<entities.Entity> => {
  const { text, what, isExtended } = statement
  const { catalog, variables, properties } = ports
  switch (what) {
    case 'TABLES':
      return isExtended
        ? entities.sourceDescriptions(text, await described(ports))
        : entities.tables(text, catalog.tables())
    case 'STREAMS':
      return isExtended ? entities.sourceDescriptions(text, []) : entities.streams(text)
    case 'TOPICS':
      return entities.topics(text, await ports.topics.all(), isExtended)
    case 'QUERIES':
      if (isExtended) throw notHere(text, 'QUERIES EXTENDED')
      return entities.queries(text, catalog.tables())
    case 'TYPES':
      return entities.types(text)
    case 'VARIABLES':
      return entities.variables(text, [...variables])
    case 'PROPERTIES':
      return entities.properties(text, properties)
    case 'FUNCTIONS':
      throw notHere(text, what)
  }
}

const notHere = (text: string, what: ListedThing | 'QUERIES EXTENDED') =>
  statementError(`this stand-in for ksqlDB does not list ${what}`, text)
