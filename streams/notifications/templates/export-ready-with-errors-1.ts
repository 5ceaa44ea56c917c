import type { MessageTemplate } from '#streams/notifications/message-template'

/** To whoever asked for an export: it can be fetched, and not every movement has a document. */
export const exportReadyWithErrors1: MessageTemplate = {
  name: 'export-ready-with-errors',
  version: 1,
  links: ['page'],
  texts: {
    'es-PE': {
      subject: 'Su exportación está lista, pero faltan documentos: {{missing}}',
      text: `El archivo que solicitó está listo. Algunos movimientos no tienen documento: errors.csv, dentro del archivo, dice cuáles y por qué.

Exportación: {{export}}
Documentos: {{documents}}
Movimientos sin documento: {{missing}}
Disponible hasta: {{expires_at}}

Descárguelo aquí, con su usuario:
{{page}}

Este mensaje se envía de forma automática. Por favor, no lo responda.
`,
      html: `<p>El archivo que solicitó está listo. Algunos movimientos no tienen documento: errors.csv, dentro del archivo, dice cuáles y por qué.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Documentos</th><td>{{documents}}</td></tr>
<tr><th scope="row" align="left">Movimientos sin documento</th><td>{{missing}}</td></tr>
<tr><th scope="row" align="left">Disponible hasta</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Descargar con su usuario</a></p>
<p>Este mensaje se envía de forma automática. Por favor, no lo responda.</p>`,
    },
    'es-CO': {
      subject: 'Su exportación está lista, pero faltan documentos: {{missing}}',
      text: `El archivo que solicitó ya está listo. Algunos movimientos no tienen documento: errors.csv, dentro del archivo, indica cuáles y por qué.

Exportación: {{export}}
Documentos: {{documents}}
Movimientos sin documento: {{missing}}
Disponible hasta: {{expires_at}}

Descárguelo aquí, con su usuario:
{{page}}

Este mensaje se envía de manera automática. Por favor no lo responda.
`,
      html: `<p>El archivo que solicitó ya está listo. Algunos movimientos no tienen documento: errors.csv, dentro del archivo, indica cuáles y por qué.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Documentos</th><td>{{documents}}</td></tr>
<tr><th scope="row" align="left">Movimientos sin documento</th><td>{{missing}}</td></tr>
<tr><th scope="row" align="left">Disponible hasta</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Descargar con su usuario</a></p>
<p>Este mensaje se envía de manera automática. Por favor no lo responda.</p>`,
    },
    'pt-BR': {
      subject: 'Sua exportação está pronta, mas faltam documentos: {{missing}}',
      text: `O arquivo que você solicitou está pronto. Alguns movimentos não têm documento: errors.csv, dentro do arquivo, diz quais e por quê.

Exportação: {{export}}
Documentos: {{documents}}
Movimentos sem documento: {{missing}}
Disponível até: {{expires_at}}

Baixe aqui, com o seu usuário:
{{page}}

Esta mensagem é enviada automaticamente. Por favor, não responda.
`,
      html: `<p>O arquivo que você solicitou está pronto. Alguns movimentos não têm documento: errors.csv, dentro do arquivo, diz quais e por quê.</p>
<table>
<tr><th scope="row" align="left">Exportação</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Documentos</th><td>{{documents}}</td></tr>
<tr><th scope="row" align="left">Movimentos sem documento</th><td>{{missing}}</td></tr>
<tr><th scope="row" align="left">Disponível até</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Baixar com o seu usuário</a></p>
<p>Esta mensagem é enviada automaticamente. Por favor, não responda.</p>`,
    },
    'it-IT': {
      subject: 'La sua esportazione è pronta, ma mancano documenti: {{missing}}',
      text: `L'archivio richiesto è pronto. Alcuni movimenti non hanno un documento: errors.csv, nell'archivio, dice quali e perché.

Esportazione: {{export}}
Documenti: {{documents}}
Movimenti senza documento: {{missing}}
Disponibile fino a: {{expires_at}}

Si può scaricare qui, con le proprie credenziali:
{{page}}

Questo messaggio è inviato automaticamente. Si prega di non rispondere.
`,
      html: `<p>L'archivio richiesto è pronto. Alcuni movimenti non hanno un documento: errors.csv, nell'archivio, dice quali e perché.</p>
<table>
<tr><th scope="row" align="left">Esportazione</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Documenti</th><td>{{documents}}</td></tr>
<tr><th scope="row" align="left">Movimenti senza documento</th><td>{{missing}}</td></tr>
<tr><th scope="row" align="left">Disponibile fino a</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Scaricare con le proprie credenziali</a></p>
<p>Questo messaggio è inviato automaticamente. Si prega di non rispondere.</p>`,
    },
    en: {
      subject: 'Your export is ready, but documents are missing: {{missing}}',
      text: `The archive you asked for is ready. Some movements have no document: errors.csv, in the archive, says which and why.

Export: {{export}}
Documents: {{documents}}
Movements without a document: {{missing}}
Available until: {{expires_at}}

Download it here, signed in:
{{page}}

This message was sent automatically. Please do not reply.
`,
      html: `<p>The archive you asked for is ready. Some movements have no document: errors.csv, in the archive, says which and why.</p>
<table>
<tr><th scope="row" align="left">Export</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Documents</th><td>{{documents}}</td></tr>
<tr><th scope="row" align="left">Movements without a document</th><td>{{missing}}</td></tr>
<tr><th scope="row" align="left">Available until</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Download, signed in</a></p>
<p>This message was sent automatically. Please do not reply.</p>`,
    },
  },
}
