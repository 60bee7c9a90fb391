import type { BrandId, ContractId, CustomerId, PersonId } from '../ids.ts'

/** A customer's account on a brand's portal, as far as this desk needs it (issue: "portal profile"). */
export type PortalProfileRow = { id: string; customerId: CustomerId; brandId: BrandId; createdAt: string }

/** "Aggancio servizi" (S4): a contract visible in a portal profile, with the declaration that allowed it. */
export type ContractLinkRow = {
  id: string
  profileId: string
  contractId: ContractId
  /** Holder of the service, who may differ from the owner of the profile. */
  holderCustomerId: CustomerId
  declaredAs: 'holder' | 'authorised'
  declarationVersion: string
  /** The sentence as read aloud, word by word. */
  declarationText: string
  linkedBy: PersonId
  linkedAt: string
  state: 'linked' | 'unlinked'
  unlinkedBy: PersonId | null
  unlinkedAt: string | null
  unlinkReason: string | null
}
