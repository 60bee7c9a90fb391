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
export class PortalPage {
  readonly form: Locator
  readonly customerCode: Locator
  readonly serviceCode: Locator
  readonly taxCode: Locator
  readonly vatNumber: Locator
  readonly declaration: Locator
  readonly accepted: Locator
  readonly submit: Locator
  readonly alert: Locator
  readonly news: Locator
  readonly links: Locator
  readonly unlinkDialog: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { form, links } = words.portal
    this.#words = words
    this.form = page.getByRole('region', { name: form.title })
    this.customerCode = this.form.getByLabel(form.customerCode, { exact: true })
    this.serviceCode = this.form.getByLabel(form.serviceCode, { exact: true })
    this.taxCode = this.form.getByLabel(form.taxCode, { exact: true })
    this.vatNumber = this.form.getByLabel(form.vatNumber, { exact: true })
    this.declaration = this.form.getByRole('blockquote')
    this.accepted = this.form.getByRole('checkbox', { name: form.accepted })
    this.submit = this.form.getByRole('button', { name: form.submit, exact: true })
    this.alert = this.form.getByRole('alert')
    this.news = this.form.getByRole('status')
    this.links = page.getByRole('region', { name: links.title })
    this.unlinkDialog = page.getByRole('dialog')
  }

  declaredAs(as: 'holder' | 'authorised'): Locator {
    return this.form.getByRole('radio', { name: this.#words.portal.form[as] })
  }

  link(serviceCode: string): Locator {
    return this.links.getByRole('listitem').filter({ hasText: serviceCode })
  }

  open(serviceCode: string): Locator {
    return this.links.getByRole('button', { name: fill(this.#words.portal.links.openThis, { service: serviceCode }) })
  }

  unlink(serviceCode: string): Locator {
    return this.links.getByRole('button', { name: fill(this.#words.portal.links.unlinkThis, { service: serviceCode }) })
  }

  /** Fills the form as for one service and sends it. */
  async ask({ customerCode, serviceCode, taxCode = '', vatNumber = '', as = 'holder' }: LinkWish): Promise<void> {
    await this.customerCode.fill(customerCode)
    await this.serviceCode.fill(serviceCode)
    await this.taxCode.fill(taxCode)
    await this.vatNumber.fill(vatNumber)
    await this.declaredAs(as).check()
    await this.accepted.check()
    await this.submit.click()
  }
}
