import { randomUUID } from 'node:crypto'
import { formatDateTime } from '#schemas/values/date-time'
import type { IrisTenant } from '#connectors/iris/config'

type Parties = Pick<IrisTenant, 'sender_id' | 'sender_system' | 'receiver_id' | 'receiver_system'>

/** An id that no message had before; IRIS takes none with a hyphen. */
export const newMsgId = (): string => randomUUID().replaceAll('-', '')

/** What stands on top of each message: twice who tells whom, since messages travel in stages. */
export const messageHeader = (parties: Parties, service: string, msgId: string) => {
  const { sender_id, sender_system, receiver_id, receiver_system } = parties
  const XMLCrtDt = formatDateTime(new Date())
  return {
    TRT: {
      ServiceName: service,
      MsgId: msgId,
      XMLCrtDt,
      Sender: { SenderId: sender_id, SenderSys: sender_system },
      Receiver: { ReceiverId: receiver_id, ReceiverSys: receiver_system },
    },
    E2E: {
      E2ESrvcNm: service,
      E2EMsgId: msgId,
      XMLCrtDt,
      Sender: { E2ESndrId: sender_id, E2ESndrSys: sender_system },
      Receiver: { E2ERcvrId: receiver_id, E2ERcvrSys: receiver_system },
    },
  }
}
