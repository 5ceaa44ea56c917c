import { z } from 'zod'

const secretBytesMin = 32

/** Where objects lie, and how links to them are made. */
export const FilesStoreConfig = z.object({
  /** Made where it is not there. What is in it belongs to the store alone. */
  folder: z.string().min(1),
  links: z
    .object({
      /** Where `serveLinks` of the platform answers to browsers, without a slash at its end. */
      url: z.url({ protocol: /^https?$/ }).refine((url) => !/[?#]|\/$/.test(url), {
        error: 'has a query, a fragment or a slash at its end',
      }),
      /** The first one signs, all are taken: so a secret is changed without a gap. */
      secrets: z
        .array(
          z.instanceof(Uint8Array).refine((secret) => secret.length >= secretBytesMin, {
            error: `has less than ${secretBytesMin} bytes`,
          }),
        )
        .min(1),
    })
    .optional(),
})
export type FilesStoreConfig = z.infer<typeof FilesStoreConfig>
