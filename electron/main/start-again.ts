import { app } from 'electron'
import { restartWith } from './policy/restart.ts'

/** Starts the desk once more when this one has ended; ending it is the caller's. */
export function startAgain(): void {
  // Whatever started a desk under development may itself be an AppImage.
  app.relaunch(restartWith(process.argv.slice(1), app.isPackaged ? process.env['APPIMAGE'] : undefined))
}
