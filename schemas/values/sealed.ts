const shape = /^sealed:1:[\w.-]{1,40}:[\w-]{16}:[\w-]+:[\w-]{22}$/

/** Whether a text is a secret as it lies on topics: `sealed:1:<key id>:<nonce>:<ciphertext>:<tag>`, base64url. */
export const isSealed = (value: unknown): value is string =>
  typeof value === 'string' && shape.test(value)
