import type { ReadingView } from '../../../../shared/contract/customers.ts'
import { formatCivilDay } from '../../../../shared/domain/civil-day.ts'
import { usePorts } from '../../ports.ts'
import { useDialogs } from '../../ui/confirm.ts'
import { useWords } from '../../ui/i18n.ts'
import { refusalWords } from '../desk/call-errors.ts'
import type { RefusalWords } from '../desk/call-errors.ts'
import { removeReasons } from './reading-reasons.ts'

/** What became of a wish to delete: gone, kept because the person said no, or refused with the words for `ErrorNote`. */
export type DeleteOutcome =
  | { readonly kind: 'deleted'; readonly reading: ReadingView }
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly words: RefusalWords }

export type DeleteReading = (customerId: string, reading: Pick<ReadingView, 'meterId' | 'day' | 'entry'>) => Promise<DeleteOutcome>

/** Whether a reading shows the guide's delete symbol: only while it is "Da acquisire" (S2). */
export function isDeletable(reading: Pick<ReadingView, 'state'>): boolean {
  return reading.state === 'pending'
}

/**
 * Asks with the guide's own words (S2), then deletes. A refusal belongs where the reading is shown:
 * `<ErrorNote v-bind="outcome.words" />`. Call it in the setup of a component.
 */
export function useDeleteReading(): DeleteReading {
  const { core } = usePorts()
  const { ask } = useDialogs()
  const { t } = useWords()

  return async (customerId, { meterId, day, entry }) => {
    const confirmed = await ask({
      title: t('readings.delete.question', { day: formatCivilDay(day) }),
      text: t('readings.delete.consequence'),
      confirm: t('readings.delete.yes'),
      cancel: t('readings.delete.no'),
      danger: true,
    })
    if (!confirmed) return { kind: 'kept' }
    const reply = await core.readings.remove({ customerId, meterId, day, entry })
    return reply.ok ? { kind: 'deleted', reading: reply.value } : { kind: 'refused', words: refusalWords(t, removeReasons, reply.error) }
  }
}
