import { z } from 'zod'

/** A TCP port in a setting; 0 lets the system choose. */
export const Port = z.coerce.number('is no port').int().min(0).max(65_535)
