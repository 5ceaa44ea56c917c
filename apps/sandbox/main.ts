import { join } from 'node:path'
import { z } from 'zod'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { Port } from '#apps/platform/port'
import { parsed } from '#apps/platform/settings'
import { startCoreSandbox } from '#connectors/core/sandbox'
import { startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import { startExternalPageSandbox } from '#connectors/external-page/sandbox'
import { startGovpaySandbox } from '#connectors/govpay/sandbox'
import { startIrisSandbox } from '#connectors/iris/sandbox'
import { startMypaySandbox } from '#connectors/mypay/sandbox'
import { startSmtpSandbox } from '#connectors/smtp/sandbox'
import { startWebhookSandbox } from '#connectors/webhook/sandbox'

const Sandbox = z.object({
  EXAMPLEPAY_PORT: Port.default(0),
  EXAMPLEPAY_API_KEY: z.string().min(1),
  EXAMPLEPAY_NOTIFY_SECRET: z.string().min(1),
  EXTERNAL_PAGE_PORT: Port.default(0),
  EXTERNAL_PAGE_SECRET: z.string().min(32),
  GOVPAY_PORT: Port.default(0),
  GOVPAY_PASSWORD: z.string().min(1),
  GOVPAY_NOTIFY_PASSWORD: z.string().min(16),
  GOVPAY_NOTIFY_URL: z.url(),
  MYPAY_PORT: Port.default(0),
  MYPAY_PASSWORD: z.string().min(8).max(15),
  MYPAY_NOTIFY_SECRET: z.string().min(16),
  MYPAY_NOTIFY_URL: z.url({ protocol: /^https?$/ }).optional(),
  IRIS_PORT: Port.default(0),
  IRIS_PASSWORD: z.string().min(1),
  IRIS_NOTIFY_URL: z.url(),
  IRIS_NOTIFY_PASSWORD: z.string().min(1),
  CORE_PORT: Port.default(0),
  CORE_USERNAME: z.string().min(1),
  CORE_PASSWORD: z.string().min(1),
  MAIL_PORT: Port.default(0),
  SMTP_PORT: Port.default(0),
  WEBHOOK_PORT: Port.default(0),
  WEBHOOK_SECRET: z.string().min(16),
  CORRENTE_HOME: z.string().default('.corrente'),
})

type Given = z.infer<typeof Sandbox>

/** Each with the file its debts, applications or mails are kept in. */
const starters: readonly ((given: Given, keptIn: (name: string) => string) => Promise<Started>)[] =
  [
    (given, keptIn) =>
      startExamplepaySandbox({
        port: given.EXAMPLEPAY_PORT,
        api_key: given.EXAMPLEPAY_API_KEY,
        notify_secret: given.EXAMPLEPAY_NOTIFY_SECRET,
        dataFile: keptIn('examplepay'),
      }),
    (given, keptIn) =>
      startExternalPageSandbox({
        port: given.EXTERNAL_PAGE_PORT,
        signing_secret: given.EXTERNAL_PAGE_SECRET,
        dataFile: keptIn('external-page'),
      }),
    (given, keptIn) =>
      startGovpaySandbox({
        port: given.GOVPAY_PORT,
        password: given.GOVPAY_PASSWORD,
        notify: {
          url: given.GOVPAY_NOTIFY_URL,
          username: 'govpay',
          password: given.GOVPAY_NOTIFY_PASSWORD,
          version: 'v2',
        },
        dataFile: keptIn('govpay'),
      }),
    (given, keptIn) =>
      startMypaySandbox({
        port: given.MYPAY_PORT,
        ipa_code: 'C_BUG',
        password: given.MYPAY_PASSWORD,
        notify_secret: given.MYPAY_NOTIFY_SECRET,
        notify_url: given.MYPAY_NOTIFY_URL,
        dataFile: keptIn('mypay'),
      }),
    (given, keptIn) =>
      startIrisSandbox({
        port: given.IRIS_PORT,
        sender_id: 'BUGLIANO',
        sender_system: 'SIL_BUGLIANO',
        username: 'sil-bugliano',
        password: given.IRIS_PASSWORD,
        notify: {
          url: given.IRIS_NOTIFY_URL,
          username: 'iris',
          password: given.IRIS_NOTIFY_PASSWORD,
        },
        dataFile: keptIn('iris'),
      }),
    (given, keptIn) =>
      startCoreSandbox({
        port: given.CORE_PORT,
        username: given.CORE_USERNAME,
        password: given.CORE_PASSWORD,
        dataFile: keptIn('core'),
      }),
    (given, keptIn) =>
      startSmtpSandbox({
        port: given.SMTP_PORT,
        pagePort: given.MAIL_PORT,
        dataFile: keptIn('mails'),
      }),
    (given) => startWebhookSandbox({ port: given.WEBHOOK_PORT, secret: given.WEBHOOK_SECRET }),
  ]

interface Started {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Stand-ins for the outside parties, over real sockets: intermediaries, the Core, a mail server, a receiver of webhooks.
 * They say what they are.
 */
if (isEntry(import.meta.url)) {
  await runHttpProcess('sandbox', async (env) => {
    const given = parsed(Sandbox, env)
    const keptIn = (name: string) => join(given.CORRENTE_HOME, `${name}.jsonl`)
    const started: Started[] = []
    for (const start of starters) started.push(await start(given, keptIn))
    return {
      url: started.map(({ url }) => url).join(' '),
      close: async () => void (await Promise.all(started.map((one) => one.stop()))),
    }
  })
}
