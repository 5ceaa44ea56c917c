import type { StatusReport } from '#apps/platform/http'
import { kafkaProblems } from '#apps/platform/kafka-problems'
import type { RunningUnits } from '#core/run-units'

/** Units on their way: what keeps them from starting, until they run. */
export interface Starting {
  running: RunningUnits | undefined
  problem: string
}

/**
 * Red when and only when somebody must act: a unit does not do its work, or could not, and that does not pass by
 * itself. A unit without records asks nobody, so Kafka is asked here.
 */
export function workerStatus(starting: Starting, brokers: string): () => Promise<StatusReport> {
  const silent = kafkaProblems(brokers, async () => {
    await starting.running?.reachable()
    return []
  })
  return async () => {
    const { running, problem } = starting
    if (!running) return { problems: [problem] }
    const ofKafka = await silent()
    const units = running.status()
    const ofUnits = units.flatMap(({ unit, state, reason, isPassing }) =>
      reason === undefined || isPassing ? [] : [`${unit} ${state}: ${reason}`],
    )
    const circuits = running.circuits().map(({ sinceMs, ...circuit }) => {
      return { ...circuit, since: new Date(sinceMs).toISOString() }
    })
    return { problems: [...ofKafka, ...ofUnits], details: { units, circuits } }
  }
}
