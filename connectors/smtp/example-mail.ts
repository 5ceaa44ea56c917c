import type { Mail } from '#ports/mail'

/** A mail for tests of the connector; fictional. */
export const exampleMail = (changes: Partial<Mail> = {}): Mail => ({
  notification_id: 'export-ready:5f0c7a52',
  address: 'ada@body.example',
  subject: 'Su exportación está lista: 10000 documentos',
  text: 'El archivo que solicitó está listo.\n\n.un punto al comienzo\nhttps://body.example/exports/5f0c7a52\n',
  html: '<!doctype html>\n<html lang="es-PE"><body><p>está listo</p></body></html>\n',
  language: 'es-PE',
  dated_at: new Date('2025-03-10T08:15:02Z'),
  attachments: [],
  ...changes,
})
