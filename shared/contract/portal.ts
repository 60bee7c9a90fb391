import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import type { Commodity } from '../domain/records/master.ts'
import { linkContract, unlinkContract } from '../operations/portal.ts'
import { call, everyone } from './call.ts'
import type { ReceiptState } from './customers.ts'

export type LinkView = {
  readonly linkId: string
  readonly contractId: string
  readonly holderName: string
  readonly holderCode: string
  readonly serviceCode: string
  readonly commodity: Commodity
  readonly domestic: boolean
  readonly address: string | null
  readonly active: boolean
  readonly startDay: CivilDay
  readonly endDay: CivilDay | null
  readonly declaredAs: 'holder' | 'authorised'
  readonly declarationVersion: string
  readonly declarationText: string
  readonly linkedBy: string
  readonly linkedAt: string
  readonly state: 'linked' | 'unlinked'
  readonly unlinkedBy: string | null
  readonly unlinkedAt: string | null
  readonly unlinkReason: string | null
  readonly receipt: ReceiptState | null
}
export type PortalPage = {
  readonly customerId: string
  readonly profileSince: string | null
  readonly declaration: { readonly version: string; readonly text: string }
  readonly links: readonly LinkView[]
}

export const portalCalls = {
  page: call({ input: z.strictObject({ customerId: z.string().max(80) }), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<PortalPage>(),
  link: call({ input: linkContract.input, errors: linkContract.refusals, access: everyone, audit: 'wrote' }).returns<LinkView>(),
  unlink: call({ input: unlinkContract.input, errors: unlinkContract.refusals, access: everyone, audit: 'wrote' }).returns<LinkView>(),
}
