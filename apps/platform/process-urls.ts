import { z } from 'zod'
import { webAddress } from '#apps/platform/web-address'

/** Base URLs of our processes, `http://host:port,…`; without the slash at their end. */
export const ProcessUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
  .refine(
    (urls) => urls.every((url) => webAddress.safeParse(url).success),
    'is no list of http or https URLs such as http://127.0.0.1:8001,http://127.0.0.1:8002',
  )
