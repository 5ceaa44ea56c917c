import { describe, expect, it } from 'vitest'
import { absentStore } from '#apps/platform/object-store/absent-store'

describe('a store that nobody named', () => {
  it('says what to set, to whoever needs one', async () => {
    const sentence = 'set OBJECT_STORE_FOLDER or S3_BUCKET'
    await expect(absentStore.put('a', new Uint8Array())).rejects.toThrow(sentence)
    await expect(absentStore.deletePrefix('a/')).rejects.toThrow(sentence)
    expect(() => absentStore.list('a/')).toThrow(sentence)
    await absentStore.close()
  })
})
