import { z } from '../domain/schema.ts'
import { currentDeclaration, declarations } from '../domain/declaration.ts'
import type { CustomerId } from '../domain/ids.ts'
import type { ContractRow, CustomerRow } from '../domain/records/master.ts'
import type { ContractLinkRow } from '../domain/records/portal.ts'
import { refuse } from '../domain/result.ts'
import { apply, operation } from './operation.ts'
import { everyRole } from './roles.ts'

const code = z.string().trim().max(40)
const compact = (text: string) => text.replace(/[\s.\-/]/g, '').toUpperCase()

/**
 * Links a contract to a customer's portal profile ("Aggancio servizi", S4). Domestic services are proven with the tax code
 * of the service's holder, the others with the VAT number and the tax code left empty; the declaration must have been read
 * and accepted, by the holder or by somebody the holder has authorised.
 */
export const linkContract = operation({
  kind: 'portal.link',
  version: 1,
  input: z.strictObject({
    /** Whose profile receives the service. */
    customerId: z.string().min(1).max(80),
    customerCode: code.min(1),
    serviceCode: code.min(1),
    taxCode: code.default(''),
    vatNumber: code.default(''),
    declarationAccepted: z.boolean(),
    declarationVersion: z.string().max(40),
    declaredAs: z.enum(['holder', 'authorised']),
  }),
  refusals: [
    'customer_not_found', 'declaration_missing', 'declaration_outdated', 'service_not_found', 'customer_code_mismatch', 'tax_code_required', 'vat_number_required',
    'tax_code_must_be_empty', 'vat_number_not_for_domestic', 'tax_code_mismatch', 'vat_number_mismatch', 'already_linked', 'not_holder',
  ],
  roles: everyRole,
  load: async (read, input) => {
    const customer = await read.one('customer', { id: input.customerId as CustomerId })
    const contract = customer && (await read.one('contract', { brandId: customer.brandId, serviceCode: input.serviceCode.trim() }))
    const holder = contract && (await read.one('customer', { id: contract.customerId }))
    const profile = customer && (await read.one('portalProfile', { customerId: customer.id, brandId: customer.brandId }))
    const links = profile && contract ? await read.many('contractLink', { profileId: profile.id, contractId: contract.id }) : []
    return { customer, contract, holder, profile, links }
  },
  decide: ({ customer, contract, holder, profile, links }, input, facts) => {
    if (!customer) return refuse('customer_not_found')
    if (!input.declarationAccepted) return refuse('declaration_missing')
    if (input.declarationVersion !== currentDeclaration) return refuse('declaration_outdated')
    if (!contract || !holder) return refuse('service_not_found')
    if (holder.code !== input.customerCode.trim()) return refuse('customer_code_mismatch')
    const identity = checkIdentity(contract, holder, compact(input.taxCode), compact(input.vatNumber))
    if (identity) return identity
    if (input.declaredAs === 'holder' && holder.id !== customer.id) return refuse('not_holder')
    if (links.some((link) => link.state === 'linked')) return refuse('already_linked')
    const profileId = profile?.id ?? customer.id
    const link: ContractLinkRow = {
      id: facts.opId,
      profileId,
      contractId: contract.id,
      holderCustomerId: holder.id,
      declaredAs: input.declaredAs,
      declarationVersion: currentDeclaration,
      declarationText: declarations[currentDeclaration],
      linkedBy: facts.actor.id,
      linkedAt: facts.now,
      state: 'linked',
      unlinkedBy: null,
      unlinkedAt: null,
      unlinkReason: null,
    }
    const subject = { entity: 'contractLink', id: link.id, customerId: customer.id } as const
    if (profile) return apply(subject, { table: 'contractLink', action: 'insert', row: link })
    return apply(
      subject,
      { table: 'portalProfile', action: 'insert', row: { id: profileId, customerId: customer.id, brandId: customer.brandId, createdAt: facts.now } },
      { table: 'contractLink', action: 'insert', row: link },
    )
  },
})

/** Takes a service out of a profile; the link and its declaration stay on record. */
export const unlinkContract = operation({
  kind: 'portal.unlink',
  version: 1,
  input: z.strictObject({ linkId: z.string().min(1).max(64), reason: z.string().trim().min(3).max(500) }),
  refusals: ['link_not_found', 'already_unlinked'],
  roles: everyRole,
  load: async (read, input) => {
    const link = await read.one('contractLink', { id: input.linkId })
    return { link, profile: link && (await read.one('portalProfile', { id: link.profileId })) }
  },
  decide: ({ link, profile }, input, facts) => {
    if (!link || !profile) return refuse('link_not_found')
    if (link.state === 'unlinked') return refuse('already_unlinked')
    return apply(
      { entity: 'contractLink', id: link.id, customerId: profile.customerId },
      { table: 'contractLink', action: 'update', where: { id: link.id }, set: { state: 'unlinked', unlinkedBy: facts.actor.id, unlinkedAt: facts.now, unlinkReason: input.reason } },
    )
  },
})

/** Domestic: tax code, no VAT number. Non-domestic: VAT number, tax code left empty. Both of the holder (S4). */
function checkIdentity(contract: ContractRow, holder: CustomerRow, taxCode: string, vatNumber: string) {
  if (contract.domestic) {
    if (taxCode === '') return refuse('tax_code_required')
    if (vatNumber !== '') return refuse('vat_number_not_for_domestic')
    return holder.taxCode === taxCode ? null : refuse('tax_code_mismatch')
  }
  if (taxCode !== '') return refuse('tax_code_must_be_empty')
  if (vatNumber === '') return refuse('vat_number_required')
  return holder.vatNumber === vatNumber ? null : refuse('vat_number_mismatch')
}

