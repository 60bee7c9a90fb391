export type Theme = 'light' | 'dark'

/** The theme in which every run looks at a screen; a long run looks at both. */
export function themesOf(usual: Theme): readonly Theme[] {
  return process.env['SPORTELLO_LONG'] === undefined ? [usual] : ['light', 'dark']
}
