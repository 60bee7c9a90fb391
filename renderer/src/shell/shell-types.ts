/** One of the areas in the rail. */
export type RailItem = {
  readonly id: string
  readonly label: string
  readonly icon: string
  /** How many wait there; zero shows nothing. */
  readonly waiting?: number
  readonly shortcut?: string
}

/** An open customer, ticket or page. */
export type DeskTab = { readonly id: string; readonly title: string; readonly icon: string }

/** One fact in the status bar; `words` is all a screen reader hears, so it is complete. */
export type StatusItem = {
  readonly id: string
  readonly icon: string
  readonly words: string
  readonly tone?: 'plain' | 'attention' | 'paused'
  readonly title?: string
  /** Makes it a button that emits its id. */
  readonly pressable?: boolean
  /** Gives way first where room is short. */
  readonly yields?: boolean
}
