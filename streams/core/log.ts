import pino from 'pino'

/** Structured lines on standard output: ids and codes, never personal values. */
export interface Log {
  debug(fields: object, event: string): void
  info(fields: object, event: string): void
  warn(fields: object, event: string): void
  error(fields: object, event: string): void
}

/** A logger for one app; `level` is `debug`, `info`, `warn`, `error` or `silent`. */
export const newLog = (app: string, level: string): Log =>
  pino({ level, base: { app }, timestamp: pino.stdTimeFunctions.isoTime })

/** Says nothing: for tests of pure parts. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
