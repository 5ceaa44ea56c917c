import type { ConfigurationState } from '#apps/operations/configuration-health'
import type { ProcessStatus } from '#apps/platform/inspection/processes'

/** What a payment proxy says of the configurations that are there. */
export interface ProxyView {
  readonly url: string
  readonly asked: number
  /** A sentence for each that it tells otherwise than the topics do, or does not tell. */
  readonly differences: readonly string[]
}

const askedMax = 50
const answerMsMax = 2_000

/** Asks each payment proxy among the processes for the configurations, by the addresses the Core's page asks. */
export const askProxies = (
  processes: readonly ProcessStatus[],
  states: readonly ConfigurationState[],
): Promise<readonly ProxyView[]> =>
  Promise.all(
    processes
      .filter(({ app }) => app === 'payment-proxy')
      .map(async ({ url }) => {
        const asked = states.filter(({ state }) => state !== 'unknown').slice(0, askedMax)
        const told = await Promise.all(asked.map((state) => differenceAt(url, state)))
        const differences = told.filter((one) => one !== undefined)
        return { url, asked: asked.length, differences }
      }),
  )

/** How the answer differs from what the topics say; undefined where it does not. */
async function differenceAt(url: string, state: ConfigurationState): Promise<string | undefined> {
  const { connector, level, id, version, isActive } = state
  const path = `/${connector}/${level === 'TENANT' ? 'tenants' : 'services'}/${id}`
  try {
    const signal = AbortSignal.timeout(answerMsMax)
    const answer = await fetch(url + path, { signal, redirect: 'error' })
    const body = (await answer.json().catch(() => undefined)) as { active?: unknown } | undefined
    if (answer.status !== 200) return `${path}: answered ${answer.status}`
    const etag = answer.headers.get('etag')?.replace(/\D/g, '')
    if (etag !== String(version)) return `${path}: version ${etag ?? 'unknown'}, not ${version}`
    if (body?.active === isActive) return undefined
    return `${path}: told as ${body?.active === true ? 'active' : 'inactive'}`
  } catch {
    return `${path}: not answered within ${answerMsMax / 1_000} s`
  }
}
