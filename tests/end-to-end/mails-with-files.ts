import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { filesStore } from '#connectors/object-store-files/index'
import { type NotificationScene, someone } from '#tests/notification-scene'

/** Tests of mails that files go with, by a sender that is started once for others, too. */
export const mailsWithFiles = (sceneOf: () => NotificationScene) =>
  describe('a mail with a file', () => {
    const object_key = 'attachments/tenant-a/notices/1.pdf'
    const mailWith = async (changes: object) => {
      const objects = filesStore({ folder: join(inject('stack').dataDir, 'objects') })
      const { sha256 } = await objects.put(object_key, Buffer.from('%PDF a notice that is none'))
      const file = { object_key, file_name: 'aviso è.pdf', sha256, ...changes }
      const address = someone('file-')
      const id = await sceneOf().newMail(address, { attachments: [file] })
      return { address, ended: await sceneOf().ended(id) }
    }

    it('arrives with it, from where the files of its tenant lie', async () => {
      const { address, ended } = await mailWith({})
      expect(ended).toMatchObject({ outcome: 'DELIVERED', attempts: 1 })
      const [mail] = await sceneOf().mailsTo(address)
      expect(mail!.files).toEqual([{ name: 'aviso è.pdf', size: 26 }])
    })

    it.each([
      ['no-attachment', { object_key: 'attachments/tenant-a/notices/2.pdf' }],
      ['attachment-differs', { sha256: 'a'.repeat(64) }],
      ['attachment-not-allowed', { object_key: 'attachments/tenant-b/notices/1.pdf' }],
    ])('is refused, and sent without none: %s', async (code, changes) => {
      const { address, ended } = await mailWith(changes)
      expect(ended).toMatchObject({ outcome: 'REFUSED', code, attempts: 1 })
      expect(await sceneOf().mailsTo(address)).toEqual([])
    })
  })
