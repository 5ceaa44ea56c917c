import { answerMsMax, type RegistrySettings, RegistryUnreachableError } from '#core/registry'

/** What the stand-in asks of a registry: schemas as they were written down. */
export interface SchemaDirectory {
  /** Undefined where the registry says there is none. Throws RegistryUnreachableError. */
  byId(id: number): Promise<object | undefined>
  /** The newest of a subject. */
  latest(subject: string): Promise<object | undefined>
}

/** Schema of an Avro type in a registry's answer; other kinds of schema are none of ours. */
interface Answer {
  readonly schema?: unknown
  readonly schemaType?: unknown
}

/** A registry over HTTP. Only its own 404 means "none". */
export function schemaDirectory(settings: RegistrySettings): SchemaDirectory {
  const base = settings.url.replace(/\/+$/, '')
  const ask = async (path: string) => {
    const unreachable = (reason: string) =>
      new RegistryUnreachableError(
        `the schema registry at ${settings.url} cannot be asked: ${reason}`,
      )
    const signal = AbortSignal.timeout(answerMsMax)
    const headers = authorisation(settings)
    const response = await fetch(base + path, { headers, signal }).catch((error: Error) => {
      throw unreachable(error.message)
    })
    const json = (await response.json().catch(() => undefined)) as Answer | undefined
    if (typeof json !== 'object' || json === null) throw unreachable(`status ${response.status}`)
    if (response.status === 404) return undefined
    if (!response.ok) throw unreachable(`status ${response.status}`)
    return schemaIn(json)
  }
  return {
    byId: (id) => ask(`/schemas/ids/${id}`),
    latest: (subject) => ask(`/subjects/${encodeURIComponent(subject)}/versions/latest`),
  }
}

function authorisation({ username, password = '' }: RegistrySettings): Record<string, string> {
  if (username === undefined) return {}
  const credentials = Buffer.from(`${username}:${password}`).toString('base64')
  return { authorization: `Basic ${credentials}` }
}

function schemaIn({ schema, schemaType = 'AVRO' }: Answer): object | undefined {
  if (schemaType !== 'AVRO' || typeof schema !== 'string') return undefined
  try {
    const parsed: unknown = JSON.parse(schema)
    return typeof parsed === 'object' && parsed !== null ? parsed : { type: parsed }
  } catch {
    // A primitive type may stand there without quotes.
    return { type: schema }
  }
}
