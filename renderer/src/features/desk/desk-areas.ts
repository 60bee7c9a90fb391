import { mdiCogOutline, mdiMagnify, mdiMessageAlertOutline, mdiShieldAccountOutline, mdiTrayArrowUp } from '@mdi/js'
import type { RailItem } from '../../shell/shell-types.ts'
import type { Translate } from '../../ui/i18n.ts'

/** The areas of the rail; ids are route names. Only what exists has an entry. */
export function railItems(t: Translate, queued: number, mayAdminister: boolean): RailItem[] {
  const items: RailItem[] = [
    { id: 'lookup', label: t('ui.areas.lookup'), icon: mdiMagnify, shortcut: 'mod+k' },
    { id: 'tickets', label: t('ui.areas.tickets'), icon: mdiMessageAlertOutline },
    { id: 'outbox', label: t('ui.areas.outbox'), icon: mdiTrayArrowUp, waiting: queued },
  ]
  if (mayAdminister) items.push({ id: 'administration', label: t('desk.areas.administration'), icon: mdiShieldAccountOutline })
  items.push({ id: 'settings', label: t('desk.areas.settingsShort'), icon: mdiCogOutline })
  return items
}
