import type { Locator, Page } from '@playwright/test'
import type { Words } from '../words.ts'

export type Administrator = { readonly desk: string; readonly name: string; readonly username: string; readonly password: string }

/** The first start: the desk gets a name and its administrator. */
export class SetUpPage {
  readonly heading: Locator
  readonly desk: Locator
  readonly name: Locator
  readonly username: Locator
  readonly password: Locator
  readonly repeat: Locator
  readonly submit: Locator

  constructor(page: Page, words: Words) {
    const { setUp } = words.session
    this.heading = page.getByRole('heading', { level: 1, name: setUp.title })
    this.desk = page.getByLabel(setUp.desk, { exact: true })
    this.name = page.getByLabel(setUp.name, { exact: true })
    this.username = page.getByLabel(setUp.username, { exact: true })
    this.password = page.getByLabel(setUp.password, { exact: true })
    this.repeat = page.getByLabel(setUp.repeat, { exact: true })
    this.submit = page.getByRole('button', { name: setUp.submit, exact: true })
  }

  async fill({ desk, name, username, password }: Administrator): Promise<void> {
    await this.desk.fill(desk)
    await this.name.fill(name)
    await this.username.fill(username)
    await this.password.fill(password)
    await this.repeat.fill(password)
  }
}
