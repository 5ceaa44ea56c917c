const iris = 'http://www.cart.rete.toscana.it/servizi/iris_1_1/'

/** The namespace of the elements that stand in the body of messages. */
export const proxyNamespace = `${iris}proxy`
export const headerNamespace = `${iris}IdpHeader`
/** The namespace of what is told of payments. */
export const paymentNamespace = `${iris}IdpInformativaPagamento`
export const pendencyNamespace = `${iris}IdpAllineamentoPendenze`
export const outcomeNamespace = `${iris}IdpEsito`
/** The namespace of the service that prints notices. */
export const noticeNamespace = 'http://idp.tasgroup.it/GenerazioneAvvisi/'
