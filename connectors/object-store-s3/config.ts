import { z } from 'zod'

const ms = (value: number) => z.int().positive().max(600_000).default(value)
const mebibyte = 1024 * 1024

/** The least a part of an object may have that is not its last one, and the most that is copied at once: S3's own limits. */
export const partBytesMin = 5 * mebibyte
export const copyBytesMax = 5 * 1024 * mebibyte
export const partsMax = 10_000

/** A bucket, and how it is reached. */
export const S3StoreConfig = z
  .object({
    bucket: z.string().min(3).max(63),
    region: z.string().min(1).default('us-east-1'),
    /** Of a store that is not Amazon's. Its buckets are then paths of it, not hosts. */
    endpoint: z
      .url({ protocol: /^https?$/ })
      .refine((url) => !/[?#@]/.test(url), 'has a query, a fragment or credentials')
      .optional(),
    /** Both or neither; without them those that the machine has. */
    access_key_id: z.string().min(1).optional(),
    secret_access_key: z.string().min(1).optional(),
    /** Before every key, with a slash at its end: so one bucket serves several installations. */
    prefix: z
      .string()
      .regex(/^(?:[A-Za-z0-9._=-]{1,100}\/)*$/)
      .default(''),
    /**
     * What this store is known not to have: `copies` of parts are then read and written again, `uploads` that are not
     * finished are not looked for, and a rule of the store must end them.
     */
    lacks: z.array(z.enum(['copies', 'uploads'])).default([]),
    part_bytes: z
      .int()
      .min(partBytesMin)
      .max(256 * mebibyte)
      .default(8 * mebibyte),
    /** Parts of one object that are under way at a time. */
    parts_at_once: z.int().min(1).max(32).default(4),
    /** Objects that a list tells at a time. */
    page: z.int().min(1).max(1_000).default(1_000),
    attempts: z.int().min(1).max(10).default(3),
    connect_ms: ms(5_000),
    /** Longest silence of the store. */
    idle_ms: ms(30_000),
  })
  .refine(
    ({ access_key_id, secret_access_key }) =>
      (access_key_id === undefined) === (secret_access_key === undefined),
    'access_key_id: it goes with secret_access_key',
  )
export type S3StoreConfig = z.input<typeof S3StoreConfig>
export type S3Settings = z.output<typeof S3StoreConfig>
