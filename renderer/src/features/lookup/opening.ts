import { useLookup } from './lookup-store.ts'
import { useWorkspace } from '../desk/workspace-store.ts'

export type Opening = {
  /** Opens the row that Enter acts on, once the rows are those of what is typed. */
  readonly openSelected: (options?: { readonly background?: boolean; readonly page?: string }) => Promise<void>
  readonly openAt: (index: number, options?: { readonly background?: boolean; readonly page?: string }) => Promise<void>
}

/** Opening customers from the lookup, from its rows or from the recent ones. */
export function useOpening(): Opening {
  const lookup = useLookup()
  const workspace = useWorkspace()

  async function openAt(index: number, options: { readonly background?: boolean; readonly page?: string } = {}): Promise<void> {
    if (lookup.empty) {
      const known = lookup.recent[index]
      if (known !== undefined) await workspace.openCustomer(known.customerId, { ...options, title: known.name, look: known.kind })
      return
    }
    const row = lookup.rows[index]
    if (row !== undefined) await workspace.openCustomer(row.customerId, { ...options, title: row.name.text, look: row.kind })
  }

  return {
    openAt,
    async openSelected(options) {
      await lookup.caughtUp()
      await openAt(lookup.selected, options)
    },
  }
}
