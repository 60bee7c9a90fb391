/**
 * Whether the desk goes on when its last window has closed: what the person chose, else the habit of the platform. A macOS application
 * stays until it is quit; on Windows and Linux it ends with its window.
 */
export function staysRunning(chosen: boolean | null, platform: NodeJS.Platform): boolean {
  return chosen ?? platform === 'darwin'
}
