import { declaredUnits } from '#apps/platform/declared-units'
import { workerEdge } from '#apps/platform/edges'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { openExportPorts } from '#apps/platform/export-ports'
import { openExchangeNotes } from '#apps/platform/exchange-notes'
import { urlsOf } from '#apps/platform/payment-urls'
import { connectedByName, connectedOnce, unsealing } from '#apps/platform/intermediaries'
import { objectAttachments } from '#apps/platform/object-attachments'
import { secretKeys } from '#apps/platform/secret-keys'
import { platformSettings } from '#apps/platform/settings'
import { chosen, workerArguments, workerHelp } from '#apps/worker/arguments'
import { type WorkerConfig, workerConfig } from '#apps/worker/config'
import { startWorker } from '#apps/worker/worker'
import { coreApplicationRegister } from '#connectors/core/index'
import { intermediaries } from '#connectors/index'
import { missingMailServer, smtpMailServer } from '#connectors/smtp/index'
import { signedWebhooks } from '#connectors/webhook/index'
import { newLog } from '#core/log'
import type { ObjectStore } from '#ports/object-store'
import { units } from '#streams/index'

/** Composition root: every unit with the outside parties of this installation. */
async function main() {
  const args = workerArguments(process.argv.slice(2))
  if (args.isHelp) return void process.stdout.write(workerHelp)
  // A name that is no unit's is a mistake on the command line, whatever the environment says.
  chosen(declaredUnits, args)
  await runHttpProcess('worker', async (env, tracing) => {
    const platform = platformSettings(env)
    const config = workerConfig(env)
    const keys = config.configKeys ?? secretKeys([])
    const connectors = intermediaries.map((one) => connectedOnce(unsealing(one, keys)))
    const log = newLog('worker', platform.logLevel)
    const notes = openExchangeNotes(platform, workerEdge.name, log)
    const exportPorts = await openExportPorts(env)
    const ports = {
      connectors,
      intermediaryOf: connectedByName(connectors),
      notesOf: notes.notesOf,
      urlsOf: urlsOf(config.publicUrl, config.internalUrl),
      register: coreApplicationRegister(config.core),
      retryWindowMs: config.retryWindowMs,
      checkTail: config.checkTail,
      dues: config.dues,
      debits: config.debits,
      arePayersMailed: config.arePayersMailed,
      notifications: notificationPortsOf(config.notifications, exportPorts.objects),
      exports: exportPorts,
    }
    const { store } = exportPorts
    const given = { platform, config, args, units: units(ports), store, log, tracing }
    const { url, close } = await startWorker(given)
    return {
      url,
      async close() {
        await close()
        await exportPorts.close()
        await notes.close()
      },
    }
  })
}

const notificationPortsOf = (
  { smtp, webhooks, giveUpAfterMs }: WorkerConfig['notifications'],
  objects: ObjectStore,
) => ({
  mailServer: smtp ? smtpMailServer(smtp) : missingMailServer,
  webhooks: signedWebhooks(webhooks),
  attachments: objectAttachments(objects),
  giveUpAfterMs,
})

if (isEntry(import.meta.url)) {
  main().catch((error: Error) => {
    process.stderr.write(`worker: ${error.message}\n`)
    process.exitCode = 2
  })
}
