import { UsageError } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import { ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { findSupervisor } from '#apps/corrente/supervisor-file'
import { ProcessUrls } from '#apps/platform/process-urls'

/**
 * Where the processes are: as `--url` or `CORRENTE_PROCESSES` say, else those of the embedded installation that runs;
 * none where none runs. UsageError where an address is none, or nothing says where processes of the caller's own are.
 */
export function processUrls(
  given: readonly string[] | undefined,
  portBaseText: string | undefined,
): readonly string[] {
  const named = given?.join(',') ?? process.env['CORRENTE_PROCESSES']
  if (named) return parsedUrls(given ? '--url' : 'CORRENTE_PROCESSES', named)
  if (ownKafkaSetting() !== undefined) {
    throw new UsageError(
      'say where the processes are: --url http://host:port for each, or CORRENTE_PROCESSES',
    )
  }
  const portBase = portBaseOf(portBaseText)
  if (findSupervisor(dataDirOf(portBase)) === undefined) return []
  const { worker, paymentProxy, ingest, poller, debitEdge, exportsApi, operations } =
    addressesOf(portBase)
  return [worker, paymentProxy, ingest, poller, debitEdge, exportsApi, operations]
}

function parsedUrls(name: string, text: string): readonly string[] {
  const urls = ProcessUrls.safeParse(text)
  if (urls.success) return urls.data
  throw new UsageError(`${name} ${text}: ${urls.error.issues[0]?.message}`)
}
