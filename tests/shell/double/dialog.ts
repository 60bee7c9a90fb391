import type Electron from 'electron'
import { onCommand, tell } from './link.ts'
import { strict } from './strict.ts'
import type { DialogKind } from './wire.ts'

type Used = Pick<Electron.Dialog, 'showSaveDialog' | 'showOpenDialog' | 'showMessageBox' | 'showErrorBox'>

/** What the person will answer, in order; a dialog that nobody answers is cancelled. */
const answers: Record<DialogKind, Record<string, unknown>[]> = { save: [], open: [], message: [], error: [] }

function ask<T extends object>(kind: DialogKind, otherwise: T, args: readonly unknown[]): Promise<T> {
  const options = args.at(-1) as Record<string, unknown>
  tell({ note: 'dialog', kind, options: JSON.parse(JSON.stringify(options)) as Record<string, unknown> })
  return Promise.resolve({ ...otherwise, ...answers[kind].shift() })
}

export const dialog = strict('dialog', {
  showSaveDialog: (...args: unknown[]) => ask('save', { canceled: true, filePath: '' }, args),
  showOpenDialog: (...args: unknown[]) => ask('open', { canceled: true, filePaths: [] as string[] }, args),
  showMessageBox: (...args: unknown[]) => ask('message', { response: cancelOf(args), checkboxChecked: false }, args),
  showErrorBox: (title, content) => tell({ note: 'dialog', kind: 'error', options: { title, content } }),
} satisfies Used)

/** The button that closing the box stands for. */
function cancelOf(args: readonly unknown[]): number {
  return (args.at(-1) as Electron.MessageBoxOptions).cancelId ?? 0
}

onCommand('answer-dialog', ({ kind, answer }) => {
  answers[kind].push(answer)
  return null
})
