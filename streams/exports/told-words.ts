import type { ExportTellingEnded } from '#schemas/generated/types'

/** What a notification says of what came of a request: its template, in the version in use, and the variables of it. */
export interface ToldWords {
  readonly template: string
  readonly template_version: number
  readonly variables: Readonly<Record<string, string | number>>
}

/** In the words of a mail. */
export function wordsOf(ended: ExportTellingEnded): ToldWords {
  const { state, output, rendered, failed, expires_at, failure } = ended
  const expires = expires_at === null ? {} : { expires_at: readable(expires_at) }
  switch (state) {
    case 'READY':
      return output === 'CSV'
        ? words('export-csv-ready', expires)
        : words('export-ready', { documents: rendered, ...expires })
    case 'READY_WITH_ERRORS':
      return words('export-ready-with-errors', { documents: rendered, missing: failed, ...expires })
    case 'FAILED':
      return words('export-failed', {
        reason: failure ? `${failure.message} (${failure.code})` : '',
      })
  }
}

const words = (template: string, variables: ToldWords['variables']): ToldWords => ({
  template,
  template_version: 1,
  variables,
})

/** `2026-01-15T14:00:00+01:00` as people read it: to the minute, and by which clock. */
function readable(dateTime: string): string {
  const minute = 'YYYY-MM-DDTHH:MM'.length
  const offset = dateTime.slice(minute + ':SS'.length)
  return `${dateTime.slice(0, minute).replace('T', ' ')} (UTC${offset === 'Z' ? '' : offset})`
}

/** The same for programs, beside the variables: instants and counts as they are, and no word for people. */
export const factsOf = (request_id: string, ended: ExportTellingEnded) => {
  const { export_id, state, output, records, rendered, failed, expires_at, failure } = ended
  return {
    ...{ request_id, export_id, state, output, records, rendered, failed, expires_at },
    failure_code: failure?.code ?? null,
  }
}
