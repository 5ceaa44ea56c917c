import { send } from '#apps/operations/answer-page'
import { askProxies } from '#apps/operations/ask-proxies'
import type { Pages } from '#apps/operations/operations'
import { auditPage, operationsShownMax } from '#apps/operations/pages/audit'
import { circuitsPage } from '#apps/operations/pages/circuits'
import { configurationPage } from '#apps/operations/pages/configuration'
import { lagPage } from '#apps/operations/pages/lag'
import { overviewPage } from '#apps/operations/pages/overview'

/** So far back the audit is read. */
const auditMs = 90 * 24 * 3_600_000

/** Pages that only show. */
export function addOverviewPages({ app, ports, frameOf }: Pages): void {
  const { units, topics, view } = ports
  app.get('/', async (request, response) => {
    const [processes, recent] = await Promise.all([ports.processes(), ports.recent()])
    const isRefreshing = request.query['refresh'] === 'on'
    const seen = { view: view(), processes, recent, units, topics, isRefreshing }
    send(response, overviewPage({ frame: await frameOf(response), ...seen }))
  })
  app.get('/circuits', async (_request, response) => {
    send(response, circuitsPage(await frameOf(response), await ports.processes()))
  })
  app.get('/lag', async (request, response) => {
    const unit = units.find(({ name }) => name === request.query['unit'])?.name
    send(response, lagPage(await frameOf(response), view(), unit))
  })
  app.get('/configuration', async (_request, response) => {
    const [processes, states] = await Promise.all([ports.processes(), ports.configurations()])
    const proxies = await askProxies(processes, states)
    const warnings = [...ports.warnings, ...versionsOf(processes)]
    const health = { states, proxies, processes, warnings }
    send(response, configurationPage(await frameOf(response), health))
  })
  app.get('/audit', async (_request, response) => {
    const sinceMs = Date.now() - auditMs
    const operations = (await ports.audit(sinceMs)).toReversed().slice(0, operationsShownMax)
    send(response, auditPage(await frameOf(response), operations, sinceMs))
  })
}

/** A roll-out that stopped half way is seen here. */
function versionsOf(processes: readonly { readonly version: string | undefined }[]): string[] {
  const versions = [...new Set(processes.flatMap(({ version }) => version ?? []))]
  return versions.length > 1 ? [`processes run different versions: ${versions.join(', ')}`] : []
}
