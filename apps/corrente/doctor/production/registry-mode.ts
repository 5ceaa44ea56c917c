import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'

const answerMsMax = 5_000

/** Whether the registry takes new schemas; nothing where it does not say, as some do not know the question. */
export async function checkRegistryMode(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const { ok, warning, problem } = findingsOf('schemas')
  const asked = { headers, signal: AbortSignal.timeout(answerMsMax) }
  const response = await fetch(`${url.replace(/\/+$/, '')}/mode`, asked).catch(() => undefined)
  // That it does not answer is told with the schemas.
  if (!response) return []
  if (response.status === 401 || response.status === 403) {
    return [
      problem(
        'the registry refuses SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD: correct them',
      ),
    ]
  }
  const { mode } = (await response.json().catch(() => ({}))) as { readonly mode?: string }
  if (!response.ok || mode === undefined || mode === 'READWRITE') {
    const open = headers['authorization'] === undefined && new URL(url).protocol === 'http:'
    return open
      ? [
          warning(
            'the registry asks nobody who comes: whoever reaches it may register or delete schemas; put a password before it',
          ),
        ]
      : [ok('the registry takes new schemas')]
  }
  return [
    warning(
      `the registry's mode is ${mode}: the next upgrade cannot register its schemas; set it to READWRITE`,
    ),
  ]
}
