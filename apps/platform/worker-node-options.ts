/**
 * What `node` is told when it runs a worker under load: what a batch holds outlives a young generation of 16 MB, the
 * default, and to copy it costs a fifth of the CPU of a record (`docs/performance.md`). Only a start can say so.
 */
export const workerNodeOptions: readonly string[] = ['--max-semi-space-size=64']
