import { ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { exportTables } from '../../../../shared/contract/customers.ts'
import { usePorts } from '../../ports.ts'
import { defineAction, useActions } from '../../ui/actions/registry.ts'
import { useWords } from '../../ui/i18n.ts'
import type { Sorting } from '../../ui/table/table-model.ts'
import { refusalWords } from '../desk/call-errors.ts'
import type { RefusalWords } from '../desk/call-errors.ts'
import { useCustomer } from './customer-context.ts'
import { exportReasons } from './customer-reasons.ts'
import type { PagedList } from './paged-list.ts'

/** What the line above a table says after an export. */
export type ListNotice =
  | { readonly kind: 'verify' }
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'refused'; readonly words: RefusalWords }

export type ListPage = {
  readonly sorting: Ref<Sorting | null>
  readonly filter: Ref<string>
  readonly selected: Ref<string | null>
  readonly notice: ShallowRef<ListNotice | null>
  readonly exportAll: () => Promise<void>
  readonly printAll: () => Promise<void>
}

/** Order, filter, export and print of a list page; each of them acts on the whole list, never on the rows loaded so far. */
export function useListPage<Row>(table: (typeof exportTables)[number], list: PagedList<Row>): ListPage {
  const { core, shell } = usePorts()
  const { t, language } = useWords()
  const { customerId, sheet, supplyPointId, print } = useCustomer()
  const sorting = ref<Sorting | null>(null)
  const filter = ref('')
  const notice = shallowRef<ListNotice | null>(null)

  watch([sorting, filter, list.rows], () => {
    if ((sorting.value !== null || filter.value !== '') && list.rows.value.length > 0) void list.all()
  })
  watch([supplyPointId, () => sheet.value.verification], () => {
    notice.value = null
  })

  async function exportAll(): Promise<void> {
    if (sheet.value.verification === null) {
      notice.value = { kind: 'verify' }
      return
    }
    const reply = await core.customers.exportTable({ customerId, supplyPointId: supplyPointId.value, table, language: language.value })
    if (!reply.ok) {
      notice.value = reply.error.code === 'not_verified' ? { kind: 'verify' } : { kind: 'refused', words: refusalWords(t, exportReasons, reply.error) }
      return
    }
    const { fileName, csv, rows } = reply.value
    const outcome = await shell.saveFile({ name: fileName, mime: 'text/csv;charset=utf-8', text: csv })
    notice.value = { kind: 'done', text: outcome === 'saved' ? t('customer.list.exported', { n: rows, file: fileName }) : t('customer.list.notSaved') }
  }

  const printAll = (): Promise<void> => print(list.all)
  // Stands in for the sheet's own print while this list is in view.
  useActions(defineAction({ id: 'customer.print', titleKey: 'customer.action.print', groupKey: 'customer.group', shortcut: 'mod+p', when: () => shell.can('print'), run: printAll }))

  return { sorting, filter, selected: ref<string | null>(null), notice, exportAll, printAll }
}
