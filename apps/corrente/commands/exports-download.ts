import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { downloadExport } from '#apps/corrente/exports/download-export'
import { exportsClient, placeHelp, placeOptions } from '#apps/corrente/exports/exports-place'
import { bytesText, downloadText } from '#apps/corrente/exports/progress-text'
import { toldProgress } from '#apps/corrente/exports/told-progress'

const options = {
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  ...placeOptions,
} as const

/** What came out of an export. */
export const exportsDownload: Command = {
  name: 'exports download',
  summary: 'fetch what came out of an export, and check that it is that',
  help: `corrente exports download <request id> [options]

Fetches the archive, or the file, and checks its SHA-256. Broken off, the next call goes on where it ended, in
<file>.part. A file that is there already is left as it is: the very same is not fetched again, for another one exit
code 1.

  --out <file>  where to; export-<request id>.zip or .csv in this folder where not said
  --force       replace another file of that name
  --json        one JSON object in the end

${placeHelp}`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [id, ...more] = positionals
    if (!id || more.length > 0) throw new UsageError('say one id of a request')
    // Standard output is for what came of it.
    const progress = toldProgress(process.stderr)
    const onProgress = (done: number, total: number) => {
      const text = downloadText(done, total)
      progress.tell({ text, line: text, isNew: false })
    }
    const client = exportsClient(values)
    const { out, force: isForced } = values
    const downloading = downloadExport({ client, id, out, isForced, onProgress })
    const downloaded = await downloading.finally(() => progress.end())
    const { file, bytes, sha256, was_there } = downloaded
    if (values.json) print(JSON.stringify(downloaded))
    else {
      const how = was_there ? 'was there already' : 'is there'
      print(`${file} ${how}: ${bytesText(bytes)}, SHA-256 ${sha256}`)
    }
    return 0
  },
}
