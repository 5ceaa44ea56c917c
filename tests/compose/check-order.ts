import type { Project, Service } from '#tests/compose/project'

const isJob = ({ restart }: Service) => restart?.startsWith('on-failure') === true
const hasHealth = ({ healthcheck }: Service) => (healthcheck?.test?.length ?? 0) > 0

/**
 * `docker compose up --wait` ends well: whatever stays up says how it is, a job is waited for by somebody until it has
 * ended (compose takes the end of a job that nobody waits for as a failure), and nobody waits for what never comes.
 */
export function checkOrder({ services }: Project): readonly string[] {
  const waits = Object.entries(services).flatMap(([name, { depends_on = {} }]) =>
    Object.entries(depends_on).map(([other, { condition }]) => ({ name, other, condition })),
  )
  const silent = Object.entries(services)
    .filter(([, service]) => !isJob(service) && !hasHealth(service))
    .map(([name]) => `${name}: it stays up and does not say how it is`)
  const unwaited = Object.entries(services)
    .filter(([name, service]) => isJob(service) && !waits.some(({ other }) => other === name))
    .map(([name]) => `${name}: nobody waits for the end of this job`)
  const wrong = waits.flatMap(({ name, other, condition }) => {
    const service = services[other]
    if (!service) return [`${name}: it waits for ${other}, which is not there`]
    const right = isJob(service) ? 'service_completed_successfully' : 'service_healthy'
    return condition === right ? [] : [`${name}: it waits for ${other} as ${condition}`]
  })
  return [...silent, ...unwaited, ...wrong, ...circles(services)]
}

function circles(services: Project['services']): readonly string[] {
  const reached = (from: string, seen: ReadonlySet<string>): ReadonlySet<string> =>
    Object.keys(services[from]?.depends_on ?? {}).reduce(
      (known, next) => (known.has(next) ? known : reached(next, new Set([...known, next]))),
      seen,
    )
  return Object.keys(services)
    .filter((name) => reached(name, new Set()).has(name))
    .map((name) => `${name}: it waits for itself`)
}
