/** Work of the desk that must not be cut short by the program being replaced. */
export const busyKinds = ['push', 'migration', 'import'] as const
export type BusyKind = (typeof busyKinds)[number]
