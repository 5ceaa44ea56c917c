import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { ProcessStatus } from '#apps/platform/inspection/processes'

/** Whether all processes are of one version, and this command, too. */
export function versionFindings(
  processes: readonly Pick<ProcessStatus, 'app' | 'url' | 'version'>[],
  own: string,
): readonly Finding[] {
  const { ok, warning } = findingsOf('processes')
  const known = processes.filter(({ version }) => version !== undefined)
  if (known.length === 0) return []
  const others = known.filter(({ version }) => version !== own)
  if (others.length === 0) return [ok(`all ${known.length} processes are version ${own}`)]
  return others.map(({ app, url, version }) =>
    warning(
      `${app} at ${url} is version ${version}, this command ${own}: finish the upgrade, or use the command of that version`,
    ),
  )
}
