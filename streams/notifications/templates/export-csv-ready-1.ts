import type { MessageTemplate } from '#streams/notifications/message-template'

/** To whoever asked for an export as one file: it can be fetched, on a page that asks who it is. */
export const exportCsvReady1: MessageTemplate = {
  name: 'export-csv-ready',
  version: 1,
  links: ['page'],
  texts: {
    'es-PE': {
      subject: 'Su exportación está lista: el archivo de movimientos',
      text: `El archivo de movimientos que solicitó está listo.

Exportación: {{export}}
Disponible hasta: {{expires_at}}

Descárguelo aquí, con su usuario:
{{page}}

Este mensaje se envía de forma automática. Por favor, no lo responda.
`,
      html: `<p>El archivo de movimientos que solicitó está listo.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Disponible hasta</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Descargar con su usuario</a></p>
<p>Este mensaje se envía de forma automática. Por favor, no lo responda.</p>`,
    },
    'es-CO': {
      subject: 'Su exportación está lista: el archivo de movimientos',
      text: `El archivo de movimientos que solicitó ya está listo.

Exportación: {{export}}
Disponible hasta: {{expires_at}}

Descárguelo aquí, con su usuario:
{{page}}

Este mensaje se envía de manera automática. Por favor no lo responda.
`,
      html: `<p>El archivo de movimientos que solicitó ya está listo.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Disponible hasta</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Descargar con su usuario</a></p>
<p>Este mensaje se envía de manera automática. Por favor no lo responda.</p>`,
    },
    'pt-BR': {
      subject: 'Sua exportação está pronta: o arquivo de movimentos',
      text: `O arquivo de movimentos que você solicitou está pronto.

Exportação: {{export}}
Disponível até: {{expires_at}}

Baixe aqui, com o seu usuário:
{{page}}

Esta mensagem é enviada automaticamente. Por favor, não responda.
`,
      html: `<p>O arquivo de movimentos que você solicitou está pronto.</p>
<table>
<tr><th scope="row" align="left">Exportação</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Disponível até</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Baixar com o seu usuário</a></p>
<p>Esta mensagem é enviada automaticamente. Por favor, não responda.</p>`,
    },
    'it-IT': {
      subject: 'La sua esportazione è pronta: il file dei movimenti',
      text: `Il file dei movimenti richiesto è pronto.

Esportazione: {{export}}
Disponibile fino a: {{expires_at}}

Si può scaricare qui, con le proprie credenziali:
{{page}}

Questo messaggio è inviato automaticamente. Si prega di non rispondere.
`,
      html: `<p>Il file dei movimenti richiesto è pronto.</p>
<table>
<tr><th scope="row" align="left">Esportazione</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Disponibile fino a</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Scaricare con le proprie credenziali</a></p>
<p>Questo messaggio è inviato automaticamente. Si prega di non rispondere.</p>`,
    },
    en: {
      subject: 'Your export is ready: the file of movements',
      text: `The file of movements you asked for is ready.

Export: {{export}}
Available until: {{expires_at}}

Download it here, signed in:
{{page}}

This message was sent automatically. Please do not reply.
`,
      html: `<p>The file of movements you asked for is ready.</p>
<table>
<tr><th scope="row" align="left">Export</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Available until</th><td>{{expires_at}}</td></tr>
</table>
<p><a href="{{page}}">Download, signed in</a></p>
<p>This message was sent automatically. Please do not reply.</p>`,
    },
  },
}
