import type { Page } from '@playwright/test'
import type { Words } from '../words.ts'

export type Administrator = { readonly desk: string; readonly name: string; readonly username: string; readonly password: string }

/** The first start: the desk gets a name and its administrator. */
export function setUpPage(page: Page, words: Words) {
  const { setUp } = words.session
  const fields = {
    desk: page.getByLabel(setUp.desk, { exact: true }),
    name: page.getByLabel(setUp.name, { exact: true }),
    username: page.getByLabel(setUp.username, { exact: true }),
    password: page.getByLabel(setUp.password, { exact: true }),
    repeat: page.getByLabel(setUp.repeat, { exact: true }),
  }
  return {
    ...fields,
    heading: page.getByRole('heading', { level: 1, name: setUp.title }),
    submit: page.getByRole('button', { name: setUp.submit, exact: true }),
    fill: async ({ desk, name, username, password }: Administrator): Promise<void> => {
      await fields.desk.fill(desk)
      await fields.name.fill(name)
      await fields.username.fill(username)
      await fields.password.fill(password)
      await fields.repeat.fill(password)
    },
  }
}
