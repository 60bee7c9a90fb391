import { afterEach, describe, expect, it } from 'vitest'
import { currentDeclaration, declarations } from '../../../shared/domain/declaration.ts'
import { bianchi, furlan, loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
async function desk(): Promise<TestCore> {
  const core = await createTestCore({ load: loadMasterData })
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

const declared = { declarationAccepted: true, declarationVersion: currentDeclaration, declaredAs: 'holder' } as const
const domestic = { customerId: rossi.id, customerCode: rossi.code, serviceCode: 'S-100', taxCode: rossi.taxCode, vatNumber: '', ...declared } as const
const business = { customerId: furlan.id, customerCode: furlan.code, serviceCode: 'S-200', taxCode: '', vatNumber: furlan.vatNumber, ...declared } as const

describe('linking a contract to the portal profile (S4 "Aggancio servizi")', () => {
  it('links a domestic service with the tax code, records the declaration word by word, and keeps it over a restart', async () => {
    const core = await desk()
    const reply = await core.call('portal', 'link', { ...domestic, taxCode: ' rssmra 80a01 h501u ' })
    expect(reply).toMatchObject({ ok: true, value: { serviceCode: 'S-100', active: true, declaredAs: 'holder', linkedBy: 'Anna Prova', state: 'linked', declarationText: declarations[currentDeclaration], declarationVersion: 'dpr445-1' } })
    const again = await core.restart()
    opened.splice(opened.indexOf(core), 1, again)
    expect(await again.call('portal', 'page', { customerId: rossi.id })).toMatchObject({ ok: true, value: { links: [{ serviceCode: 'S-100', state: 'linked' }] } })
  })

  it('links a non-domestic service with the VAT number', async () => {
    const core = await desk()
    expect(await core.call('portal', 'link', business)).toMatchObject({ ok: true, value: { domestic: false } })
  })

  it('links closed services too', async () => {
    const core = await desk()
    expect(await core.call('portal', 'link', { ...domestic, serviceCode: 'S-400' })).toMatchObject({ ok: true, value: { active: false, endDay: '2020-05-31' } })
  })

  it('links a service of another holder to an authorised person, by the holder’s own code', async () => {
    const core = await desk()
    const authorised = { ...domestic, customerId: bianchi.id, declaredAs: 'authorised' } as const
    expect(await core.call('portal', 'link', { ...authorised, declaredAs: 'holder' })).toMatchObject({ error: { code: 'not_holder' } })
    expect(await core.call('portal', 'link', { ...authorised, taxCode: bianchi.taxCode })).toMatchObject({ error: { code: 'tax_code_mismatch' } })
    expect(await core.call('portal', 'link', authorised)).toMatchObject({ ok: true, value: { holderName: 'Rossi Mario', declaredAs: 'authorised' } })
  })

  it.each([
    ['the declaration is missing', { ...domestic, declarationAccepted: false }, 'declaration_missing'],
    ['the declaration is an old one', { ...domestic, declarationVersion: 'dpr445-0' }, 'declaration_outdated'],
    ['the service is unknown', { ...domestic, serviceCode: 'S-999' }, 'service_not_found'],
    ['the customer code is another', { ...domestic, customerCode: '5007' }, 'customer_code_mismatch'],
    ['the tax code is missing', { ...domestic, taxCode: '' }, 'tax_code_required'],
    ['a VAT number stands on a domestic service', { ...domestic, vatNumber: furlan.vatNumber }, 'vat_number_not_for_domestic'],
    ['the tax code is another', { ...domestic, taxCode: bianchi.taxCode }, 'tax_code_mismatch'],
    ['a tax code stands on a non-domestic service', { ...business, taxCode: rossi.taxCode }, 'tax_code_must_be_empty'],
    ['the VAT number is missing', { ...business, vatNumber: '' }, 'vat_number_required'],
    ['the VAT number is another', { ...business, vatNumber: '00743110157' }, 'vat_number_mismatch'],
    ['the customer is unknown', { ...domestic, customerId: 'etra:0' }, 'customer_not_found'],
  ])('refuses when %s', async (_case, input, code) => {
    const core = await desk()
    expect(await core.call('portal', 'link', input)).toMatchObject({ ok: false, error: { code } })
    expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true, value: { queued: 1 } })
  })

  it('refuses a second link, and takes one out with its reason, which frees it', async () => {
    const core = await desk()
    const linked = await core.call('portal', 'link', domestic)
    if (!linked.ok) throw new Error(linked.error.code)
    expect(await core.call('portal', 'link', domestic)).toMatchObject({ error: { code: 'already_linked' } })
    const { linkId } = linked.value
    expect(await core.call('portal', 'unlink', { linkId, reason: 'Chiesto dal titolare' })).toMatchObject({ ok: true, value: { state: 'unlinked', unlinkReason: 'Chiesto dal titolare', unlinkedBy: 'Anna Prova' } })
    expect(await core.call('portal', 'unlink', { linkId, reason: 'di nuovo' })).toMatchObject({ error: { code: 'already_unlinked' } })
    expect(await core.call('portal', 'link', domestic)).toMatchObject({ ok: true })
  })

  it('unlinks nothing that it cannot show: a service whose holder is of another territory', async () => {
    const core = await desk()
    const reply = await core.call('portal', 'link', domestic)
    if (!reply.ok) throw new Error(reply.error.code)
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`UPDATE contract_link SET holder_customer_id = 'etra:elsewhere'`).run())
    expect(await core.call('portal', 'unlink', { linkId: reply.value.linkId, reason: 'Chiesto dal titolare' })).toMatchObject({ error: { code: 'link_not_found' } })
    expect(await core.core.desk.bulkParts().work.local((db) => db.prepare(`SELECT count(*) FROM outbox WHERE kind = 'portal.unlink'`).pluck().get())).toBe(0)
  })
})
