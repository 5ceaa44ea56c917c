import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { columns } from '#apps/corrente/columns'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { homeOf, installed } from '#apps/corrente/installation'
import { instantMs } from '#apps/corrente/instant'
import { sizeText } from '#apps/corrente/state-report'
import { openStoreOf, storeHelp } from '#apps/corrente/store-place'
import { platformSettings, SettingsError } from '#apps/platform/settings'
import { sweepInstallation } from '#apps/platform/sweeping/sweep-installation'
import { sweepAgeMs } from '#streams/exports/sweep-exports'
import type { Swept } from '#streams/exports/sweep-tally'

const options = {
  'dry-run': { type: 'boolean', default: false },
  'older-than': { type: 'string' },
  'take-over': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const hours = (ms: number) => ms / 3_600_000
/** Something kept it from looking. */
const refused = 2

/** Objects that nobody needs and nobody deleted. */
export const exportsSweep: Command = {
  name: 'exports sweep',
  summary: 'delete what is stored of no export any more, and tell how much that was',
  help: `corrente exports sweep [--dry-run] [--older-than <age>] [--take-over] [--json] [--port-base <n>]

Looks in the object store for what no export needs: objects of exports that nothing is kept of, or that ended; uploads that
nobody finished. It deletes them and tells what they were: each means that something went wrong before. A worker does the
same each hour. Nothing of an export that is made or can be fetched is touched.

  --dry-run           count, and delete nothing
  --older-than <age>  such as 4h or 2d, or an instant: what is younger is left alone; ${hours(sweepAgeMs.usual)}h where not said, ${hours(sweepAgeMs.least)}h at least
  --take-over         another Kafka cluster has swept this store before, and is gone
  --json              one JSON object

${storeHelp}

Exit code 0: it looked at everything; 1: it stopped before its end, run it again; 2: it did nothing, and says why.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const portBase = values['port-base']
    const before = beforeOf(values['older-than'], Date.now())
    const objects = await openStoreOf(portBase)
    const [isDryRun, isTakenOver] = [values['dry-run'], values['take-over']]
    try {
      const platform = platformSettings(await installed(portBase))
      const directory = join(homeOf(portBase), 'lookups')
      const given = { platform, objects, directory, before, isDryRun, isTakenOver }
      const swept = await sweepInstallation(given)
      if (values.json) print(JSON.stringify({ ...swept, is_dry_run: isDryRun }))
      else linesOf(swept, isDryRun).forEach(print)
      return swept.stopped_by === null ? 0 : 1
    } catch (error) {
      if (error instanceof SettingsError) throw error
      report(`nothing was swept: ${(error as Error).message}`)
      return refused
    } finally {
      await objects.close()
    }
  },
}

function beforeOf(text: string | undefined, nowMs: number): Date {
  if (text === undefined) return new Date(nowMs - sweepAgeMs.usual)
  const beforeMs = instantMs('--older-than', text, nowMs)
  if (nowMs - beforeMs >= sweepAgeMs.least) return new Date(beforeMs)
  throw new UsageError(
    `--older-than ${text}: a step may still be storing what is younger than ${hours(sweepAgeMs.least)}h`,
  )
}

const titles = ['what', 'objects', 'size']

function linesOf(swept: Swept, isDryRun: boolean): readonly string[] {
  const { unknown, ended, uploads, foreign, export_ids, stopped_by } = swept
  const rows = [
    ['of exports that nothing is kept of', unknown.objects, sizeText(unknown.bytes)],
    ['of exports that ended', ended.objects, sizeText(ended.bytes)],
    ['unfinished uploads', uploads, undefined],
    ['of no export, left alone', foreign, undefined],
  ]
  const count = unknown.objects + ended.objects + uploads
  const done = isDryRun ? 'would be deleted' : 'deleted'
  return [
    ...columns(titles, rows),
    count === 0 ? `nothing ${done}` : `${count} ${done}`,
    ...(export_ids.length > 0 ? [`exports: ${export_ids.join(', ')}`] : []),
    ...(stopped_by === null ? [] : [`stopped before its end: ${stopped_by}`]),
  ]
}
