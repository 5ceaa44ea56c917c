/**
 * Functions that plans call: run once where the tables are made, by their owner, in a database of encoding UTF8; the
 * reading role needs USAGE of the schema `ksql`.
 */
export const routines: readonly string[] = []
