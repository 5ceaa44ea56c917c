import { Gauge, type Registry } from 'prom-client'
import { appVersion } from '#core/version'

/** Longest wait for a status when numbers are collected, milliseconds: Prometheus gives up a little later. */
const answerMsMax = 5_000

/**
 * Exports `corrente_problems{app}`, the sentences on `/status` at the moment, and `corrente_build_info`: so whatever makes a
 * process red is an alarm of Prometheus, too. A status that is not told in time is one problem.
 */
export function exportProblems(
  registry: Registry,
  app: string,
  problems: () => Promise<readonly string[]>,
): void {
  const registers = [registry]
  for (const name of ['corrente_problems', 'corrente_build_info']) registry.removeSingleMetric(name)
  new Gauge({
    name: 'corrente_problems',
    help: 'What /status says that somebody must act on; 0 where all is well',
    labelNames: ['app'],
    registers,
    async collect() {
      this.set({ app }, await countOf(problems))
    },
  })
  const build = new Gauge({
    name: 'corrente_build_info',
    help: 'Which app runs in this process, in which version; always 1',
    labelNames: ['app', 'version'],
    registers,
  })
  build.set({ app, version: appVersion }, 1)
}

async function countOf(problems: () => Promise<readonly string[]>): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(resolve, answerMsMax, 1)
  })
  const told = problems().then(
    ({ length }) => length,
    () => 1,
  )
  try {
    return await Promise.race([told, late])
  } finally {
    clearTimeout(timer)
  }
}
