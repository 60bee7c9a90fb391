/** The three lines between a window and this process. The preload, which may import nothing of ours, repeats them. */
export const channels = { call: 'sportello:call', event: 'sportello:event', shell: 'sportello:shell' } as const
