import type { ShownExport } from '#apps/corrente/exports/exports-client'

const barWidth = 30

/** `[#####.....] ` for a part of a whole. */
export function barOf(percent: number): string {
  const filled = Math.floor((Math.min(Math.max(percent, 0), 100) * barWidth) / 100)
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`
}

/** `45 s`, `2 min 05 s`, `1 h 02 min`. */
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds} s`
  const two = (part: number) => String(part).padStart(2, '0')
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `700 B`, `12.3 MB`, in thousands. */
export function bytesText(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  const number = bytes / 1_000 ** power
  return `${power === 0 ? number : number.toFixed(1)} ${units[power]}`
}

/** Where an export is, in one line. */
export function progressText(shown: ShownExport): string {
  const { state, records, rendered, failed, percent, rate, eta_seconds, result, failure } = shown
  const parts = [
    state.toLowerCase().replaceAll('_', ' '),
    percent !== null && state === 'RENDERING' ? `${percent} %` : '',
    records === null ? '' : `${rendered + failed} of ${records}`,
    failed > 0 ? `${failed} without a document` : '',
    rate === null ? '' : `${rate}/s`,
    eta_seconds === null ? '' : `${durationText(eta_seconds)} left`,
    result ? bytesText(result.bytes) : '',
    failure ? `${failure.code}: ${failure.message}` : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** The same behind a bar where it is known how far it is. */
export const barText = (shown: ShownExport): string =>
  shown.percent === null ? progressText(shown) : `${barOf(shown.percent)} ${progressText(shown)}`

/** How a part of the bytes of a download is told. */
export function downloadText(done: number, total: number): string {
  const percent = total === 0 ? 100 : Math.floor((done * 100) / total)
  return `${barOf(percent)} ${percent} %, ${bytesText(done)} of ${bytesText(total)}`
}
