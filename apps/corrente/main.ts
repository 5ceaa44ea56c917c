import { dispatch } from '#apps/corrente/dispatch'
import { isEntry } from '#apps/platform/http-process'

/** How long what a command left open may keep the process, milliseconds. */
const lingerMsMax = 3_000

if (isEntry(import.meta.url)) {
  process.exitCode = await dispatch(process.argv.slice(2))
  setTimeout(() => process.exit(), lingerMsMax).unref()
}
