import { In } from 'typeorm'
import type { LinkView } from '../../../shared/contract/portal.ts'
import { currentDeclaration, declarations } from '../../../shared/domain/declaration.ts'
import { addressLine, displayName } from '../../../shared/domain/customer-name.ts'
import type { ContractLinkRow } from '../../../shared/domain/records/portal.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { linkContract, unlinkContract } from '../../../shared/operations/portal.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { findAddresses, findCustomer } from '../customers/customers-repo.ts'
import { receiptsOf } from '../outbox/receipts.ts'
import { peopleNames } from '../people/people-names.ts'

export const portalHandlers: HandlersOf<'portal'> = {
  page: async (call, { customerId }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    const profile = await call.store.reader.getRepository(models.portalProfile).findOneBy({ customerId: customer.id, brandId: customer.brandId })
    const links = profile ? await call.store.reader.getRepository(models.contractLink).find({ where: { profileId: profile.id }, order: { state: 'ASC', linkedAt: 'DESC' } }) : []
    call.trace(customer.id, { page: 'portal' })
    return ok({
      customerId: customer.id,
      profileSince: profile?.createdAt ?? null,
      declaration: { version: currentDeclaration, text: declarations[currentDeclaration] },
      links: await linkViews(call, links),
    })
  },

  link: async (call, input) => {
    const written = await call.work.write(linkContract, input, call.actor, 'wrote')
    if (written.ok) return ok(await linkView(call, written.value.subject.id))
    // A refusal says something about the holder's codes: who asks, and how often, is on record.
    const at = call.clock.now().toISOString()
    await call.desk.audit({ at, actor: call.session.personId, kind: 'link_refused', subject: input.customerId, details: { code: written.error.code } })
    return written
  },

  unlink: async (call, input) => {
    // Of a holder in another territory this desk has neither name nor service: what it cannot show nobody unlinks here.
    const link = await call.store.reader.getRepository(models.contractLink).findOneBy({ id: input.linkId })
    if (link !== null && (await linkViews(call, [link])).length === 0) return refuse('link_not_found')
    const written = await call.work.write(unlinkContract, input, call.actor, 'wrote')
    return written.ok ? ok(await linkView(call, written.value.subject.id)) : written
  },
}

async function linkView(call: SignedCall, id: string): Promise<LinkView> {
  const link = await call.store.reader.getRepository(models.contractLink).findOneByOrFail({ id })
  const [view] = await linkViews(call, [link])
  if (!view) throw new Error('a link just written is not there')
  return view
}

async function linkViews(call: SignedCall, links: readonly ContractLinkRow[]): Promise<LinkView[]> {
  const db = call.store.reader
  const contracts = await db.getRepository(models.contract).findBy({ id: In(links.map((link) => link.contractId)) })
  const points = await db.getRepository(models.supplyPoint).findBy({ id: In(contracts.map((contract) => contract.supplyPointId)) })
  const holders = await db.getRepository(models.customer).findBy({ id: In(links.map((link) => link.holderCustomerId)) })
  const addresses = await findAddresses(db, points.map((point) => point.addressId))
  const name = await peopleNames(call.store, links.flatMap((link) => [link.linkedBy, link.unlinkedBy]))
  const receipts = receiptsOf(call.store, links.map((link) => link.id))
  return links.flatMap((link) => {
    const contract = contracts.find((candidate) => candidate.id === link.contractId)
    const point = points.find((candidate) => candidate.id === contract?.supplyPointId)
    const holder = holders.find((candidate) => candidate.id === link.holderCustomerId)
    if (!contract || !point || !holder) return []
    const address = point.addressId === null ? undefined : addresses.get(point.addressId)
    return [
      {
        linkId: link.id,
        contractId: contract.id,
        holderName: displayName(holder),
        holderCode: holder.code,
        serviceCode: contract.serviceCode,
        commodity: point.commodity,
        domestic: contract.domestic,
        address: address ? addressLine(address) : null,
        active: contract.state === 'active',
        startDay: contract.startDay,
        endDay: contract.endDay,
        declaredAs: link.declaredAs,
        declarationVersion: link.declarationVersion,
        declarationText: link.declarationText,
        linkedBy: name(link.linkedBy),
        linkedAt: link.linkedAt,
        state: link.state,
        unlinkedBy: link.unlinkedBy === null ? null : name(link.unlinkedBy),
        unlinkedAt: link.unlinkedAt,
        unlinkReason: link.unlinkReason,
        receipt: receipts.get(link.id) ?? null,
      },
    ]
  })
}
