import type { Locator, Page } from '@playwright/test'
import { fill } from '../words.ts'
import type { Words } from '../words.ts'

export class SignInPage {
  readonly heading: Locator
  readonly username: Locator
  readonly password: Locator
  readonly submit: Locator
  readonly alert: Locator
  readonly #page: Page
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { signIn } = words.session
    this.#page = page
    this.#words = words
    this.heading = page.getByRole('heading', { level: 1, name: signIn.title })
    this.username = page.getByLabel(signIn.username, { exact: true })
    this.password = page.getByLabel(signIn.password, { exact: true })
    this.submit = page.getByRole('button', { name: signIn.submit, exact: true })
    this.alert = page.getByRole('alert')
  }

  async signIn({ username, password }: { readonly username: string; readonly password: string }): Promise<void> {
    await this.username.fill(username)
    await this.password.fill(password)
    await this.submit.click()
  }

  /** The button of the demonstration that enters at once. */
  enterAs(username: string): Locator {
    return this.#page.getByRole('button', { name: fill(this.#words.session.demo.use, { username }), exact: true })
  }
}
