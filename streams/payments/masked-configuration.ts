import type { ConfigurationCommand } from '#schemas/generated/types'

/** What is shown in the place of a secret; given back, it stands for the secret that is there. */
export const mask = '********'

/** A configuration's name among all, whatever its version. */
export const configurationName = ({
  level,
  connector,
  subject_id,
}: Pick<ConfigurationCommand, 'level' | 'connector' | 'subject_id'>): string =>
  `${level}/${connector}/${subject_id}`

/** The configuration with a mask in the place of each secret it has. */
export const masked = (
  config: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, secrets.includes(name) ? mask : value]),
  )
