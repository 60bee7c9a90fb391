/** The command line of `npm run bench`. */
export type BenchOptions = {
  readonly json: boolean
  readonly seed: number
  /** `null` for the bench's own size. */
  readonly customers: number | null
  /** Whatever else was typed, for flags of one bench. */
  readonly rest: readonly string[]
}
