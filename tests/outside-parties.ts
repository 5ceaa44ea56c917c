const answerMsMax = 15_000
const connectionsMax = 24

async function ask<Answer>(url: string, method = 'GET', body?: object): Promise<Answer> {
  const call = () =>
    fetch(url, {
      method,
      signal: AbortSignal.timeout(answerMsMax),
      ...(body
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
    })
  // A connection that was kept may be closed at the very moment it is used: a question can be asked again.
  const response = await call().catch((error: unknown) => {
    if (method !== 'GET' || !(error instanceof TypeError)) throw error
    return call()
  })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}`)
  return (await response.json()) as Answer
}

interface CoreCounters {
  readonly applications: number
  readonly outcome_requests: number
  readonly outcomes_ok: number
  readonly outcomes_ko: number
}

interface IntermediaryCounters {
  readonly debt_positions: number
  readonly creation_requests: number
  readonly settlements: number
  readonly notifications: number
}

/** The sandbox of the Core as a test handles it. */
export const coreAt = (url: string) => ({
  register: (id: string) => ask(`${url}/sandbox/applications`, 'POST', { id }),
  /** Many at once, over connections that are kept. */
  async registerAll(ids: readonly string[]): Promise<void> {
    const waiting = [...ids]
    const clerk = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        await ask(`${url}/sandbox/applications`, 'POST', { id })
      }
    }
    await Promise.all(Array.from({ length: connectionsMax }, clerk))
  },
  move: (id: string, status: number) => ask(`${url}/sandbox/applications/${id}`, 'PUT', { status }),
  statusOf: async (id: string): Promise<number> =>
    Number((await ask<{ status: string }>(`${url}/sandbox/applications/${id}`)).status),
  counters: (id?: string) => ask<CoreCounters>(`${url}/counters${id ? `/${id}` : ''}`),
})

/** The sandbox of the intermediary as a test handles it; a payment's key there is its id without hyphens. */
export const intermediaryAt = (url: string) => ({
  pay: (paymentId: string) => ask(`${url}/pay-now/${iudOf(paymentId)}`, 'POST'),
  counters: (paymentId?: string) =>
    ask<IntermediaryCounters>(`${url}/counters${paymentId ? `/${iudOf(paymentId)}` : ''}`),
})

/** A payment's key at an intermediary. */
export const iudOf = (paymentId: string) => paymentId.replaceAll('-', '')
