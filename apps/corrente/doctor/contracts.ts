import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { allTopics, platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { diffTopics } from '#apps/platform/topics'
import type { KafkaSettings } from '#core/kafka'
import type { WireSettings } from '#core/wire'
import { codecOf } from '#schemas/codec'

/** Topics as they are declared. */
export async function checkTopics(kafka: KafkaSettings): Promise<readonly Finding[]> {
  const { ok, problem } = findingsOf('topics')
  const plan = platformPlan(declaredUnits)
  const differences = await diffTopics(kafka, plan)
  if (differences.length === 0) return [ok(`all ${plan.length} topics are as declared`)]
  return differences.map(({ topic, difference, isMended }) =>
    problem(
      `${topic}: ${difference}: ${
        isMended
          ? 'run corrente topics apply'
          : 'apply does not change a partition count, under which rows and offsets lie'
      }`,
    ),
  )
}

/** The registry answers, and knows the schemas that are written. */
export async function checkSchemas(
  wire: WireSettings,
  registryUrl: string | undefined,
): Promise<readonly Finding[]> {
  const { ok, problem } = findingsOf('schemas')
  if (wire.format === 'json') return [ok('values are written as JSON: there is no registry')]
  const written = allTopics.filter(({ name }) => !wire.jsonTopics.includes(name))
  const ids = await Promise.all(
    written.map(({ name, schema }) =>
      wire.registry.findId(`${name}-value`, codecOf(schema).schema),
    ),
  )
  const missing = written.filter((_, at) => ids[at] === undefined)
  if (missing.length === 0) {
    return [ok(`the registry at ${registryUrl} has all ${written.length} schemas`)]
  }
  return missing.map(({ name }) =>
    problem(`the registry has not this version of ${name}-value: run corrente schemas register`),
  )
}

/** The rule by which the registry takes new versions. */
export async function checkCompatibility(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const { ok, warning } = findingsOf('schemas')
  const asked = { headers, signal: AbortSignal.timeout(3_000) }
  const response = await fetch(`${url.replace(/\/+$/, '')}/config`, asked).catch(() => undefined)
  // That it does not answer is told with the schemas.
  if (!response) return []
  const answer = (await response.json().catch(() => ({}))) as {
    readonly compatibilityLevel?: string
    readonly compatibility?: string
  }
  const level = answer.compatibilityLevel ?? answer.compatibility
  if (level && /^(BACKWARD|FULL)/.test(level)) return [ok(`the registry keeps schemas ${level}`)]
  return [
    warning(
      `the registry's compatibility is ${level ?? 'not told'}: set it to BACKWARD, so that it refuses what readers cannot read`,
    ),
  ]
}
