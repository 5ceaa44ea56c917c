import { whole } from '#tests/soak/engine/arguments'

/** What the fault run of exports is told. */
export interface ExportsSize {
  /** How long exports are asked for; what is done on purpose may take longer. */
  readonly minutes: number
  readonly perMinute: number
  /** Bytes of the file that is read and split by a worker whose memory is measured, mebibytes. */
  readonly fileMebibytes: number
  /** Of what is random. */
  readonly seed: number
}

export const exportsMinutes = 8
export const exportsPerMinute = 40
export const exportsFileMebibytes = 1_024

/** Reads `SOAK_EXPORTS_*` and `SOAK_SEED`. Throws a sentence for what it cannot use. */
export const exportsSize = (env: Readonly<Record<string, string | undefined>>): ExportsSize => ({
  minutes: whole('SOAK_EXPORTS_MINUTES', env['SOAK_EXPORTS_MINUTES'], exportsMinutes, 1),
  perMinute: whole('SOAK_EXPORTS_PER_MINUTE', env['SOAK_EXPORTS_PER_MINUTE'], exportsPerMinute, 1),
  fileMebibytes: whole(
    'SOAK_EXPORTS_FILE_MIB',
    env['SOAK_EXPORTS_FILE_MIB'],
    exportsFileMebibytes,
    1,
  ),
  seed: whole('SOAK_SEED', env['SOAK_SEED'], Date.now() % 1_000_000, 0),
})
