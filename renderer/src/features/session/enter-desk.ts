import { useRouter } from 'vue-router'
import { usePreferences } from '../../ui/preferences.ts'
import { useSession } from './session-store.ts'

/**
 * Shows the desk to the person who has just signed in, in their language and theme. What was chosen on the page
 * before counts where the person has never chosen.
 */
export function useEnterDesk(): () => Promise<void> {
  const router = useRouter()
  const session = useSession()
  const preferences = usePreferences()

  return async () => {
    const own = session.status?.preferences
    const here = preferences.current.value
    if (own !== undefined) {
      preferences.show(own)
      const language = own.language ?? here.language
      const theme = own.theme ?? here.theme
      if (language !== own.language || theme !== own.theme) preferences.choose({ language, theme })
    }
    await router.push({ name: 'lookup' })
  }
}
