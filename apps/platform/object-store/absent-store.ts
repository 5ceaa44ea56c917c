import { TransientError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'

/** Stands where nobody named a store: whoever needs one waits, and is told what to set. */
export const absentStore: ObjectStore = {
  put: async () => missing(),
  putIfAbsent: async () => missing(),
  get: async () => missing(),
  head: async () => missing(),
  delete: async () => missing(),
  deletePrefix: async () => missing(),
  list: () => missing(),
  compose: async () => missing(),
  signGet: async () => missing(),
  abandoned: () => missing(),
  close: async () => undefined,
}

function missing(): never {
  const sentence = 'no object store is named: set OBJECT_STORE_FOLDER or S3_BUCKET'
  throw new TransientError(sentence, { isOfParty: false })
}
