import { z } from 'zod'
import { webAddress } from '#apps/platform/web-address'

/** Base URLs of our processes, `http://host:port,…`. */
export const ProcessUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
  .pipe(z.array(webAddress))
