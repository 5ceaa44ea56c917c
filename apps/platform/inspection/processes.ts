import { z } from 'zod'
import type { UnitStatus } from '#core/unit-status'

/** A circuit to an outside party that a process tells of. */
export interface CircuitStatus {
  readonly unit: string
  readonly party: string
  readonly state: 'closed' | 'open' | 'half-open'
  /** Milliseconds since the epoch; undefined where it does not say. */
  readonly sinceMs: number | undefined
  readonly reason: string | undefined
}

/** What a process says of itself. */
export interface ProcessStatus {
  readonly url: string
  /** Its name; undefined where it does not answer. */
  readonly app: string | undefined
  readonly version: string | undefined
  readonly problems: readonly string[]
  readonly units: readonly UnitStatus[]
  readonly circuits: readonly CircuitStatus[]
}

const instant = z
  .union([z.number(), z.string()])
  .transform((given) => (typeof given === 'number' ? given : Date.parse(given)))

const Answer = z.object({
  app: z.string(),
  version: z.string().optional(),
  problems: z.array(z.string()),
  units: z
    .array(
      z.object({
        unit: z.string(),
        state: z.enum(['starting', 'running', 'waiting', 'stopped']),
        reason: z.string().optional(),
        isPassing: z.literal(true).optional(),
      }),
    )
    .default([]),
  circuits: z
    .array(
      z.object({
        unit: z.string(),
        party: z.string(),
        state: z.enum(['closed', 'open', 'half-open']),
        since: instant.optional(),
        sinceMs: instant.optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
})

// Longer than a process itself waits for Kafka before it says that Kafka is silent.
const answerMsMax = 3_000

/** Asks a process for its status, by its base URL. One that does not answer has that as its problem. */
export async function askProcess(url: string): Promise<ProcessStatus> {
  const silent = { url, app: undefined, version: undefined, units: [], circuits: [] }
  try {
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(answerMsMax) })
    const answer = Answer.safeParse(await response.json().catch(() => undefined))
    if (!answer.success) {
      const problem = `what answers at ${url}/status is no process of Corrente`
      return { ...silent, problems: [problem] }
    }
    const { app, version, problems, units, circuits } = answer.data
    return {
      url,
      app,
      version,
      problems,
      units: units as readonly UnitStatus[],
      circuits: circuits.map(({ unit, party, state, since, sinceMs, reason }) => {
        return { unit, party, state, sinceMs: sinceMs ?? since, reason }
      }),
    }
  } catch (error) {
    const problem = `no process answers at ${url} (${whyNot(error)}): start it, or look at its log`
    return { ...silent, problems: [problem] }
  }
}

const whyNot = (error: unknown): string => {
  if ((error as Error).name === 'TimeoutError') return `nothing within ${answerMsMax / 1_000} s`
  const { cause } = error as { readonly cause?: { readonly code?: string } }
  return cause?.code ?? (error as Error).message
}

/** How long a circuit may be open before somebody should call the party, milliseconds. */
export const circuitMsMax = 5 * 60_000

/** What the processes need somebody for, a sentence each. */
export const needsOfProcesses = (
  processes: readonly ProcessStatus[],
  nowMs: number,
): readonly string[] => [
  ...processes.flatMap(({ app, problems }) =>
    problems.map((problem) => (app === undefined ? problem : `${app}: ${problem}`)),
  ),
  ...processes
    .flatMap(({ circuits }) => circuits)
    .filter(({ state, sinceMs }) => state !== 'closed' && nowMs - (sinceMs ?? nowMs) > circuitMsMax)
    .map(
      ({ unit, party, sinceMs, reason }) =>
        `${party} has not answered ${unit} since ${new Date(sinceMs!).toISOString()}` +
        `${reason === undefined ? '' : ` (${reason})`}: ask them; what waits is parked`,
    ),
]
