import { print } from '#apps/corrente/command'
import type { ExportsClient, ShownExport } from '#apps/corrente/exports/exports-client'
import { followExport, isReady } from '#apps/corrente/exports/follow-export'
import { barText, progressText } from '#apps/corrente/exports/progress-text'
import { toldProgress } from '#apps/corrente/exports/told-progress'

/** Shows an export until nothing changes by itself. Exit code: 0 where there is something to fetch, else 1. */
export async function watchExport(
  client: Pick<ExportsClient, 'events' | 'show'>,
  id: string,
  isJson: boolean,
): Promise<number> {
  const progress = toldProgress(process.stdout)
  let last: ShownExport | undefined
  try {
    for await (const shown of followExport(client, id)) {
      const isNew = shown.state !== last?.state
      last = shown
      if (isJson) print(JSON.stringify(shown))
      else progress.tell({ text: barText(shown), line: progressText(shown), isNew })
    }
  } finally {
    progress.end()
  }
  if (!last || !isReady(last)) return 1
  if (!isJson) {
    print(`until ${last.expires_at}: corrente exports download ${id}`)
  }
  return 0
}
