import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { withDuesPlace } from '#apps/corrente/dues/dues-access'
import { type Importing, importDues, type RowReport } from '#apps/corrente/dues/import-dues'
import { installed } from '#apps/corrente/installation'
import { withLog } from '#apps/platform/inspection/log-access'
import { type PlatformSettings, platformSettings } from '#apps/platform/settings'
import { isWebUrl } from '#apps/platform/web-address'
import { intermediaries } from '#connectors/index'
import { openPublisher } from '#core/publisher'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import { payments } from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseUuid } from '#schemas/values/uuid'

const progressEveryMs = 1_000

/** A file of dues, which become payments that were not born here. */
export const duesImport: Command = {
  name: 'dues import',
  summary: 'write the dues of a CSV file as payments, with a word on each row',
  help: `corrente dues import --file <csv> --tenant <id> --service <id> [options] [--port-base <n>]

Each row becomes a payment that can be paid at once; the columns are in docs/payments.md. UTF-8, cells separated by ; or
, and amounts such as 42.50 or 42,50. Says of each line whether it was accepted, and as which payment, is there already,
or is refused and by which column; never what is in it. The same file again writes nothing twice.

  --landing <url>   where payers are sent after paying
  --dry-run         say what would be done, and write nothing
  --json            one JSON object for each row

Exit code 1 where a row is refused.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const { file, landing = null } = values
    if (file === undefined) throw new UsageError('say which file: --file <csv>')
    if (landing !== null && !isWebUrl(landing)) throw new UsageError('--landing is no http(s) URL')
    const asked = {
      connectors: intermediaries.map(({ name }) => name),
      tenant_id: idOf('--tenant', values.tenant),
      service_id: idOf('--service', values.service),
    }
    const settings = platformSettings(await installed(values['port-base']))
    return withLog(settings, (log) =>
      withDuesPlace(log, asked, (place) => {
        const importing = {
          ...place,
          ...asked,
          file,
          landing_url: landing,
          imported_at: formatDateTime(new Date()),
          onIgnored: reportIgnored,
        }
        const told = { isJson: values.json, isDryRun: values['dry-run'] }
        return withWriter(settings, told.isDryRun, (write) => tell({ ...importing, write }, told))
      }),
    )
  },
}

const options = {
  file: { type: 'string' },
  tenant: { type: 'string' },
  service: { type: 'string' },
  landing: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

function idOf(option: string, text: string | undefined): string {
  try {
    return parseUuid(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new UsageError(`${option} ${error.reason}`)
  }
}

async function withWriter<T>(
  { kafka, wire: format }: PlatformSettings,
  isDryRun: boolean,
  work: (write: Importing['write']) => Promise<T>,
): Promise<T> {
  if (isDryRun) return work(async () => undefined)
  const wire = newWire(format)
  await wire.prepareWrite([payments])
  const publisher = await openPublisher(kafka, wire, `dues-import:${appVersion}`)
  try {
    return await work((payment) =>
      publisher.publish(payments, payment, { 'correlation-id': payment.id }),
    )
  } finally {
    await publisher.close()
  }
}

const reportIgnored = (columns: readonly number[]): void => {
  if (columns.length === 0) return
  report(`columns that are not known are passed over: number ${columns.join(', ')}`)
}

interface Telling {
  readonly isJson: boolean
  readonly isDryRun: boolean
}

async function tell(importing: Importing, { isJson, isDryRun }: Telling): Promise<number> {
  const counts = { accepted: 0, present: 0, refused: 0 }
  const sum = () => {
    const { accepted, present, refused } = counts
    const verb = isDryRun ? 'would be accepted' : 'accepted'
    return `${accepted + present + refused} rows: ${accepted} ${verb}, ${present} already there, ${refused} refused`
  }
  let toldAt = performance.now()
  for await (const row of importDues(importing)) {
    counts[row.outcome] += 1
    if (isJson) print(JSON.stringify(isDryRun ? { ...row, dry_run: true } : row))
    else print(sentenceOf(row, isDryRun))
    if (performance.now() - toldAt < progressEveryMs) continue
    toldAt = performance.now()
    report(sum())
  }
  report(sum())
  return counts.refused > 0 ? 1 : 0
}

function sentenceOf(row: RowReport, isDryRun: boolean): string {
  switch (row.outcome) {
    case 'accepted': {
      const verb = isDryRun ? 'would be accepted' : 'accepted'
      const but = row.warnings.map((warning) => `, but ${warning}`).join('')
      return `line ${row.line}: ${verb} as ${row.payment_id}${but}`
    }
    case 'present':
      return `line ${row.line}: already there as ${row.payment_id}`
    case 'refused':
      return `line ${row.line}: refused, ${row.column ?? 'it'} ${row.reason}`
  }
}
