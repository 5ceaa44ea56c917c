import type { MessageTemplate } from '#streams/notifications/message-template'

/** To a payer: the payment is complete. */
export const paymentCompleted1: MessageTemplate = {
  name: 'payment-completed',
  version: 1,
  links: [],
  texts: {
    'es-PE': {
      subject: 'Pago recibido: {{reason}}',
      text: `Hemos recibido su pago.

Concepto: {{reason}}
Importe: {{amount}}
Fecha: {{paid_at}}
Referencia: {{reference}}

Este mensaje se envía de forma automática. Por favor, no lo responda.
`,
      html: `<p>Hemos recibido su pago.</p>
<table>
<tr><th scope="row" align="left">Concepto</th><td>{{reason}}</td></tr>
<tr><th scope="row" align="left">Importe</th><td>{{amount}}</td></tr>
<tr><th scope="row" align="left">Fecha</th><td>{{paid_at}}</td></tr>
<tr><th scope="row" align="left">Referencia</th><td>{{reference}}</td></tr>
</table>
<p>Este mensaje se envía de forma automática. Por favor, no lo responda.</p>`,
    },
    'es-CO': {
      subject: 'Pago recibido: {{reason}}',
      text: `Recibimos su pago.

Concepto: {{reason}}
Valor: {{amount}}
Fecha: {{paid_at}}
Referencia: {{reference}}

Este mensaje se envía de manera automática. Por favor no lo responda.
`,
      html: `<p>Recibimos su pago.</p>
<table>
<tr><th scope="row" align="left">Concepto</th><td>{{reason}}</td></tr>
<tr><th scope="row" align="left">Valor</th><td>{{amount}}</td></tr>
<tr><th scope="row" align="left">Fecha</th><td>{{paid_at}}</td></tr>
<tr><th scope="row" align="left">Referencia</th><td>{{reference}}</td></tr>
</table>
<p>Este mensaje se envía de manera automática. Por favor no lo responda.</p>`,
    },
    'pt-BR': {
      subject: 'Pagamento recebido: {{reason}}',
      text: `Recebemos o seu pagamento.

Motivo: {{reason}}
Valor: {{amount}}
Data: {{paid_at}}
Referência: {{reference}}

Esta mensagem é enviada automaticamente. Por favor, não responda.
`,
      html: `<p>Recebemos o seu pagamento.</p>
<table>
<tr><th scope="row" align="left">Motivo</th><td>{{reason}}</td></tr>
<tr><th scope="row" align="left">Valor</th><td>{{amount}}</td></tr>
<tr><th scope="row" align="left">Data</th><td>{{paid_at}}</td></tr>
<tr><th scope="row" align="left">Referência</th><td>{{reference}}</td></tr>
</table>
<p>Esta mensagem é enviada automaticamente. Por favor, não responda.</p>`,
    },
    'it-IT': {
      subject: 'Pagamento ricevuto: {{reason}}',
      text: `Il pagamento è stato ricevuto.

Causale: {{reason}}
Importo: {{amount}}
Data: {{paid_at}}
Riferimento: {{reference}}

Questo messaggio è inviato automaticamente. Si prega di non rispondere.
`,
      html: `<p>Il pagamento è stato ricevuto.</p>
<table>
<tr><th scope="row" align="left">Causale</th><td>{{reason}}</td></tr>
<tr><th scope="row" align="left">Importo</th><td>{{amount}}</td></tr>
<tr><th scope="row" align="left">Data</th><td>{{paid_at}}</td></tr>
<tr><th scope="row" align="left">Riferimento</th><td>{{reference}}</td></tr>
</table>
<p>Questo messaggio è inviato automaticamente. Si prega di non rispondere.</p>`,
    },
    en: {
      subject: 'Payment received: {{reason}}',
      text: `We have received your payment.

Reason: {{reason}}
Amount: {{amount}}
Date: {{paid_at}}
Reference: {{reference}}

This message was sent automatically. Please do not reply.
`,
      html: `<p>We have received your payment.</p>
<table>
<tr><th scope="row" align="left">Reason</th><td>{{reason}}</td></tr>
<tr><th scope="row" align="left">Amount</th><td>{{amount}}</td></tr>
<tr><th scope="row" align="left">Date</th><td>{{paid_at}}</td></tr>
<tr><th scope="row" align="left">Reference</th><td>{{reference}}</td></tr>
</table>
<p>This message was sent automatically. Please do not reply.</p>`,
    },
  },
}
