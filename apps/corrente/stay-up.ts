import { print } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import { signInHint } from '#apps/corrente/own-operators'
import { sandboxPortsOf } from '#apps/corrente/place'

/** Says what runs where, and waits until it is ended. */
export async function stayUp(
  { portBase, dataDir }: { readonly portBase: number; readonly dataDir: string },
  signal: AbortSignal,
): Promise<void> {
  const addresses = addressesOf(portBase)
  const { worker, paymentProxy, ingest, debitEdge, exportsApi, operations } = addresses
  const sandboxes = Object.keys(sandboxPortsOf(portBase)) as (keyof typeof addresses)[]
  print(`running: worker ${worker}/status, payment proxy ${paymentProxy}, ingest ${ingest}`)
  print(`status app: ${operations}, ${await signInHint(dataDir)}`)
  print(`debits: ${debitEdge}/docs; exports: ${exportsApi}/docs`)
  const outside = sandboxes.map((name) => `${name} ${addresses[name]}`)
  print(`sandboxes of outside parties: ${outside.join(', ')}`)
  print('Ctrl-C drains and stops')
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const keepAlive = setInterval(() => undefined, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(keepAlive)
      resolve()
    })
  })
}
