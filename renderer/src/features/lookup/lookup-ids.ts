/** The list that the box drives; there is one of each. */
export const resultsId = 'lookup-results'

export function rowId(index: number): string {
  return `lookup-row-${index}`
}
