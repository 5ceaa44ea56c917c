import type { ExportCurrent } from '#schemas/generated/types'

/** What the log tells of one export, all of it. */
export interface ToldExport {
  readonly exportId: string
  readonly states: readonly ExportCurrent['state'][]
  /** How often it became ready. */
  readonly becameReady: number
  readonly records: number | null
  readonly renderedMax: number
  /** Whether its counters ever went back. */
  readonly wentBack: boolean
  readonly sha256: string | undefined
  readonly failure: string | undefined
  /** Whether nothing is kept of it any more. */
  readonly isForgotten: boolean
}

/** All exports that the log tells of, and which of them requests led to. */
export class Told {
  readonly #told = new Map<string, (ExportCurrent | undefined)[]>()
  readonly #exportIds = new Map<string, Set<string>>()

  noteCurrent(exportId: string, value: ExportCurrent | undefined): void {
    this.#told.set(exportId, [...(this.#told.get(exportId) ?? []), value])
  }

  noteRequested(requestId: string, exportId: string | undefined): void {
    if (exportId === undefined) return
    this.#exportIds.set(requestId, (this.#exportIds.get(requestId) ?? new Set()).add(exportId))
  }

  exports(): readonly ToldExport[] {
    return [...this.#told].map(([exportId, values]) => toldOf(exportId, values))
  }

  /** One, where all is well. */
  exportsOf(requestId: string): readonly ToldExport[] {
    return [...(this.#exportIds.get(requestId) ?? [])].map((exportId) =>
      toldOf(exportId, this.#told.get(exportId) ?? []),
    )
  }
}

const isReady = (state: string | undefined) => state?.startsWith('READY') ?? false

function toldOf(exportId: string, values: readonly (ExportCurrent | undefined)[]): ToldExport {
  const told = values.filter((value) => value !== undefined)
  const states = told.map(({ state }) => state)
  const done = told.map(({ rendered, failed }) => rendered + failed)
  const ready = told.find(({ state }) => isReady(state))
  return {
    exportId,
    states: states.filter((state, at) => state !== states[at - 1]),
    becameReady: states.filter((state, at) => isReady(state) && !isReady(states[at - 1])).length,
    records: told.findLast(({ records }) => records !== null)?.records ?? null,
    renderedMax: Math.max(0, ...done),
    wentBack: done.some((count, at) => count < (done[at - 1] ?? 0)),
    sha256: ready?.result?.sha256,
    failure: told.find(({ failure }) => failure)?.failure?.code,
    isForgotten: values.at(-1) === undefined,
  }
}
