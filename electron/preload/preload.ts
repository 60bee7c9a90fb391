/** The whole bridge between the page and the application: three functions over three fixed channels. It never grows. */
import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'

const bridge = Object.freeze({
  /** One request of the contract as JSON, one envelope as JSON. */
  call: (request: string): Promise<string> => invoke('sportello:call', request),

  /** Hears the core's events as JSON until the answer is called. */
  onEvent: (listener: (event: string) => void): (() => void) => {
    // The event object would hand the page a sender: only the text goes on.
    const heard = (_: IpcRendererEvent, event: unknown): void => {
      if (typeof event === 'string') listener(event)
    }
    ipcRenderer.on('sportello:event', heard)
    return () => {
      // Braces: a returned `ipcRenderer` would cross the bridge.
      ipcRenderer.off('sportello:event', heard)
    }
  },

  /** One native thing (print, save a file) as JSON, and whether it was done. */
  shell: (request: string): Promise<string> => invoke('sportello:shell', request),
})

async function invoke(channel: string, request: string): Promise<string> {
  const reply: unknown = await ipcRenderer.invoke(channel, request)
  return String(reply)
}

contextBridge.exposeInMainWorld('sportello', bridge)
