import { app } from 'electron'
import type { Session, WebContents } from 'electron'
import { decideNavigation, decideWindowOpen } from './policy/navigation.ts'
import { decideDevice, decidePermission } from './policy/permissions.ts'

/** Puts the policy on everything that will ever show a page, before there is one. */
export function guardContents(): void {
  app.on('session-created', guardSession)
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(decideWindowOpen)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => keepHome(event, event.url))
    contents.on('will-frame-navigate', (event) => keepHome(event, event.url))
    contents.on('will-redirect', (event) => keepHome(event, event.url))
  })
}

function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(decidePermission(permission, topAddress(contents))))
  session.setPermissionCheckHandler((contents, permission) => decidePermission(permission, topAddress(contents)))
  session.setDevicePermissionHandler(({ deviceType }) => decideDevice(deviceType))
  session.setSpellCheckerEnabled(false)
}

/** Contents and frames that are gone throw when they are looked at. */
function topAddress(contents: WebContents | null): string | undefined {
  try {
    return contents === null || contents.isDestroyed() ? undefined : contents.mainFrame.url
  } catch {
    return undefined
  }
}

function keepHome(event: { preventDefault: () => void }, address: string): void {
  if (decideNavigation(address) === 'deny') event.preventDefault()
}
