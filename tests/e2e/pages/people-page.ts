import type { Locator, Page } from '@playwright/test'
import type { Role } from '../../../shared/domain/records/people.ts'
import type { Words } from '../words.ts'

export type NewPerson = { readonly name: string; readonly username: string; readonly password: string; readonly role: Role }

/** Where an administrator keeps the people of the desk. */
export function peoplePage(page: Page, words: Words) {
  const { people, session } = words
  const form = page.getByRole('complementary', { name: people.addTitle })
  const table = page.getByRole('grid', { name: people.title })
  const add = page.getByRole('button', { name: people.add, exact: true })
  return {
    add,
    form,
    table,
    news: page.getByRole('main').getByRole('status').filter({ hasText: /\p{L}/u }),
    row: (name: string): Locator => table.getByRole('row').filter({ hasText: name }),
    switchOff: (name: string): Locator => table.getByRole('row').filter({ hasText: name }).getByRole('button', { name: people.switchOff }),
    addPerson: async (person: NewPerson): Promise<void> => {
      await add.click()
      await form.getByLabel(session.setUp.name, { exact: true }).fill(person.name)
      await form.getByLabel(session.setUp.username, { exact: true }).fill(person.username)
      await form.getByRole('radiogroup', { name: people.roleLabel }).getByText(session.role[person.role], { exact: true }).click()
      await form.getByLabel(people.firstPassword, { exact: true }).fill(person.password)
      await form.getByRole('button', { name: people.submit, exact: true }).click()
    },
  }
}
