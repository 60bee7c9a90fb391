/** Native things a host may offer. The renderer asks `can` before it shows a control. */
export const shellAbilities = ['print', 'saveFile', 'notify', 'openExternal'] as const
export type ShellAbility = (typeof shellAbilities)[number]

export type Shell = {
  readonly host: 'electron' | 'serve'
  can: (ability: ShellAbility) => boolean
  print: () => Promise<void>
  /** Hands a text file to the person; answers whether it was saved. */
  saveFile: (file: { readonly name: string; readonly mime: string; readonly text: string }) => Promise<boolean>
}
