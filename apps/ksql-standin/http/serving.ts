import type { Catalog } from '#apps/ksql-standin/catalog'
import type { Database } from '#apps/ksql-standin/database/database'
import type { Admission } from '#apps/ksql-standin/http/admission'
import type { CreatePorts } from '#apps/ksql-standin/statements/create-table'

/** What the endpoints work with, once everything is there. */
export interface Serving extends CreatePorts {
  readonly catalog: Catalog
  readonly database: Pick<Database, 'owner' | 'reader'>
  readonly admission: Admission
  /** Of the server, by the names they have in ksqlDB; a request may give others. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly clusterId: string
}
