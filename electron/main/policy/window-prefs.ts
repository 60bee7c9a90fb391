/** The rights of every window: none beside showing the desk. Frozen, so that no caller adds one. */
export const windowPrefs = Object.freeze({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The spelling checker would fetch dictionaries from the network and keep words that were typed.
  spellcheck: false,
})
