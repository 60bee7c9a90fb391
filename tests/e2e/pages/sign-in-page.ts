import type { Locator, Page } from '@playwright/test'
import { beginning } from '../words.ts'
import type { Words } from '../words.ts'

export function signInPage(page: Page, words: Words) {
  const { signIn, demo } = words.session
  const username = page.getByLabel(signIn.username, { exact: true })
  const password = page.getByLabel(signIn.password, { exact: true })
  const submit = page.getByRole('main').getByRole('button', { name: beginning(signIn.submit) })
  const demonstration = page.getByRole('region', { name: demo.title })
  return {
    username,
    password,
    submit,
    heading: page.getByRole('heading', { level: 1, name: signIn.title }),
    alert: page.getByRole('alert'),
    /** What is said after signing out. */
    farewell: page.getByRole('main').getByRole('status'),
    /** The button of the demonstration that enters at once. */
    enterAs: (name: string): Locator => demonstration.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) }).getByRole('button'),
    signIn: async (person: { readonly username: string; readonly password: string }): Promise<void> => {
      await username.fill(person.username)
      await password.fill(person.password)
      await submit.click()
    },
  }
}
