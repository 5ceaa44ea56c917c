import type { Observation } from '#tests/contract/ksqldb/cases'
import type { Answered } from '#tests/contract/ksqldb/send'

type Members = Readonly<Record<string, unknown>>

const byName = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/**
 * What of an answer can be compared: neither the wording of messages nor numbers and times that differ each time, nor
 * the order in which sources are listed.
 */
export function observe({ status, headers, text }: Answered): Observation {
  return {
    status,
    ...present({
      contentType: headers['content-type'],
      allow: headers['allow'],
      location: headers['location'],
    }),
    ...(text === '' ? {} : contentOf(text)),
  }
}

function contentOf(text: string): Partial<Observation> {
  if (text.startsWith('[{"header"')) return ofV1(text)
  if (text.startsWith('{"queryId"')) return ofDelimited(text)
  if (text.startsWith('[{"queryId"')) return { text: text.replace(/query_\d+/, 'query_N') }
  const json = parsed(text)
  if (Array.isArray(json)) return { entities: (json as Members[]).map(entityOf) }
  const members = json as Members | undefined
  if (members?.['@type'] === undefined) return { body: json }
  const { '@type': type, error_code, statementText } = members
  return { error: present({ '@type': type, error_code, statementText }) }
}

const rowBefore = '{"row":{"columns":'

function ofV1(text: string): Partial<Observation> {
  if (!text.endsWith(']')) throw new Error('the answer was broken off')
  const [header, ...rest] = text.slice(1, -1).split(',\n')
  const { schema } = (JSON.parse(header!) as { header: { schema: string } }).header
  const rows = rest.filter((line) => line.startsWith(rowBefore))
  return { schema, rows: rows.map((line) => line.slice(rowBefore.length, -2)) }
}

function ofDelimited(text: string): Partial<Observation> {
  const [header, ...rows] = text.trimEnd().split('\n')
  const { columnNames, columnTypes } = JSON.parse(header!) as Required<Observation>
  return { columnNames, columnTypes, rows }
}

const described = [
  'name',
  'windowType',
  'fields',
  'type',
  'extended',
  'keyFormat',
  'valueFormat',
  'topic',
  'partitions',
  'replication',
  'statement',
]

function entityOf(entity: Members): Members {
  const { '@type': type, statementText, commandId, commandStatus } = entity
  const source = entity['sourceDescription'] as Members | undefined
  return present({
    '@type': type,
    statementText,
    commandId,
    status: (commandStatus as Members | undefined)?.['status'],
    tables: named(entity['tables']),
    streams: named(entity['streams']),
    topics: named(entity['topics']),
    source: source && Object.fromEntries(described.map((name) => [name, source[name]])),
    sources: named(entity['sourceDescriptions'])?.map(({ name }) => name),
    queries: (entity['queries'] as Members[] | undefined)
      ?.map(({ queryString }) => String(queryString))
      .sort(byName),
  })
}

const named = (list: unknown) =>
  (list as { readonly name: string }[] | undefined)?.sort((one, other) =>
    byName(one.name, other.name),
  )

const present = (members: Members): Record<string, never> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Record<
    string,
    never
  >

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
