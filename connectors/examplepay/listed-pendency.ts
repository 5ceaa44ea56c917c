import { z } from 'zod'
import { Amount, Iuv, Moment, NoticeNumber, ToldIud } from '#connectors/examplepay/words'

/** A debt as it stands in a list of somebody's open ones. */
const ListedPendency = z.object({
  code: ToldIud,
  notice_number: NoticeNumber.nullable(),
  iuv: Iuv.nullable(),
  amount: Amount,
  currency: z.string(),
  reason: z.string(),
  created_at: Moment,
  expire_at: Moment.nullable(),
})
export type ListedPendency = z.infer<typeof ListedPendency>

/** A page of such a list, and how many pages there are. */
export const PendencyPage = z.object({
  pendencies: z.array(ListedPendency),
  pages: z.int().min(0),
})
export type PendencyPage = z.infer<typeof PendencyPage>

/** Whose open debts are asked for, and of which type. */
export const PendencySearch = z.object({
  tax_code: z.string().min(1),
  due_type: z.string().min(1).max(35),
  page: z.int().min(1),
})
export type PendencySearch = z.infer<typeof PendencySearch>
