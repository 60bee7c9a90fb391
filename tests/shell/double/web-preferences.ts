import type Electron from 'electron'

/** What the double stands for; a window with other rights would be shown with these all the same, which would be a lie. */
const demanded = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false } as const
/** Nothing the double could give, and nothing the desk may have. */
const refused = ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures', 'nodeIntegrationInSubFrames', 'nodeIntegrationInWorker', 'partition', 'session'] as const

export function demandSafe(preferences: Electron.WebPreferences | undefined): void {
  for (const [name, value] of Object.entries(demanded)) {
    if (preferences?.[name as keyof typeof demanded] !== value) throw new Error(`The double shows no window with ${name} other than ${value}`)
  }
  for (const name of refused) if (preferences?.[name]) throw new Error(`The double shows no window with ${name}`)
}
