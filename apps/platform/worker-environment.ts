/**
 * What the environment of a worker has for glibc: larger pieces are given back when they are freed. By itself glibc raises
 * this bound to the largest piece that was ever freed, and what chunks of documents leave behind stays with the process
 * (`docs/performance.md`). Only a start can say so; elsewhere than on Linux it means nothing.
 */
export const workerEnvironment: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: String(1024 * 1024),
}
