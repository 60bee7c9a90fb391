import type { Locator, Page } from '@playwright/test'
import { fill } from '../words.ts'
import type { Words } from '../words.ts'

export type LinkWish = {
  readonly customerCode: string
  readonly serviceCode: string
  readonly taxCode?: string
  readonly vatNumber?: string
  readonly as?: 'holder' | 'authorised'
}

/** The customer's portal profile: the form "Aggancio servizi" and the services linked. */
export function portalPage(page: Page, words: Words) {
  const { portal } = words
  const form = page.getByRole('region', { name: portal.form.title })
  const links = page.getByRole('region', { name: portal.links.title })
  const dialog = page.getByRole('dialog')
  const fields = {
    customerCode: form.getByLabel(portal.form.customerCode, { exact: true }),
    serviceCode: form.getByLabel(portal.form.serviceCode, { exact: true }),
    taxCode: form.getByLabel(portal.form.taxCode, { exact: true }),
    vatNumber: form.getByLabel(portal.form.vatNumber, { exact: true }),
    accepted: form.getByRole('checkbox', { name: portal.form.accepted }),
    submit: form.getByRole('button', { name: portal.form.submit, exact: true }),
  }
  const declaredAs = (as: 'holder' | 'authorised'): Locator => form.getByRole('radio', { name: portal.form[as] })
  return {
    ...fields,
    form,
    links,
    declaredAs,
    declaration: form.getByRole('blockquote'),
    alert: form.getByRole('alert'),
    // Beside it stands the draft's own word, which is silent once what was typed is sent.
    news: form.getByRole('status').first(),
    link: (serviceCode: string): Locator => links.getByRole('listitem').filter({ hasText: serviceCode }),
    open: (serviceCode: string): Locator => links.getByRole('button', { name: fill(portal.links.openThis, { service: serviceCode }) }),
    unlink: (serviceCode: string): Locator => links.getByRole('button', { name: fill(portal.links.unlinkThis, { service: serviceCode }) }),
    unlinking: {
      dialog,
      reason: dialog.getByRole('textbox', { name: portal.unlink.reason }),
      confirm: dialog.getByRole('button', { name: portal.unlink.confirm }),
    },
    /** Fills the form for one service and sends it. */
    ask: async ({ customerCode, serviceCode, taxCode = '', vatNumber = '', as = 'holder' }: LinkWish): Promise<void> => {
      await fields.customerCode.fill(customerCode)
      await fields.serviceCode.fill(serviceCode)
      await fields.taxCode.fill(taxCode)
      await fields.vatNumber.fill(vatNumber)
      await declaredAs(as).check()
      await fields.accepted.check()
      await fields.submit.click()
    },
  }
}
