import type { MessageTemplate } from '#streams/notifications/message-template'

/** To whoever asked for an export: it failed, and why. */
export const exportFailed1: MessageTemplate = {
  name: 'export-failed',
  version: 1,
  links: ['page'],
  texts: {
    'es-PE': {
      subject: 'Su exportación no se pudo completar',
      text: `El archivo que solicitó no se pudo generar.

Exportación: {{export}}
Motivo: {{reason}}

Vea el detalle aquí, con su usuario:
{{page}}

Este mensaje se envía de forma automática. Por favor, no lo responda.
`,
      html: `<p>El archivo que solicitó no se pudo generar.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Motivo</th><td>{{reason}}</td></tr>
</table>
<p><a href="{{page}}">Ver el detalle con su usuario</a></p>
<p>Este mensaje se envía de forma automática. Por favor, no lo responda.</p>`,
    },
    'es-CO': {
      subject: 'Su exportación no se pudo completar',
      text: `No fue posible generar el archivo que solicitó.

Exportación: {{export}}
Motivo: {{reason}}

Consulte el detalle aquí, con su usuario:
{{page}}

Este mensaje se envía de manera automática. Por favor no lo responda.
`,
      html: `<p>No fue posible generar el archivo que solicitó.</p>
<table>
<tr><th scope="row" align="left">Exportación</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Motivo</th><td>{{reason}}</td></tr>
</table>
<p><a href="{{page}}">Consultar el detalle con su usuario</a></p>
<p>Este mensaje se envía de manera automática. Por favor no lo responda.</p>`,
    },
    'pt-BR': {
      subject: 'Não foi possível concluir a sua exportação',
      text: `Não foi possível gerar o arquivo que você solicitou.

Exportação: {{export}}
Motivo: {{reason}}

Veja os detalhes aqui, com o seu usuário:
{{page}}

Esta mensagem é enviada automaticamente. Por favor, não responda.
`,
      html: `<p>Não foi possível gerar o arquivo que você solicitou.</p>
<table>
<tr><th scope="row" align="left">Exportação</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Motivo</th><td>{{reason}}</td></tr>
</table>
<p><a href="{{page}}">Ver os detalhes com o seu usuário</a></p>
<p>Esta mensagem é enviada automaticamente. Por favor, não responda.</p>`,
    },
    'it-IT': {
      subject: 'La sua esportazione non è riuscita',
      text: `Non è stato possibile creare l'archivio richiesto.

Esportazione: {{export}}
Motivo: {{reason}}

Il dettaglio è qui, con le proprie credenziali:
{{page}}

Questo messaggio è inviato automaticamente. Si prega di non rispondere.
`,
      html: `<p>Non è stato possibile creare l'archivio richiesto.</p>
<table>
<tr><th scope="row" align="left">Esportazione</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Motivo</th><td>{{reason}}</td></tr>
</table>
<p><a href="{{page}}">Vedere il dettaglio con le proprie credenziali</a></p>
<p>Questo messaggio è inviato automaticamente. Si prega di non rispondere.</p>`,
    },
    en: {
      subject: 'Your export could not be completed',
      text: `The archive you asked for could not be made.

Export: {{export}}
Reason: {{reason}}

See the details here, signed in:
{{page}}

This message was sent automatically. Please do not reply.
`,
      html: `<p>The archive you asked for could not be made.</p>
<table>
<tr><th scope="row" align="left">Export</th><td>{{export}}</td></tr>
<tr><th scope="row" align="left">Reason</th><td>{{reason}}</td></tr>
</table>
<p><a href="{{page}}">See the details, signed in</a></p>
<p>This message was sent automatically. Please do not reply.</p>`,
    },
  },
}
