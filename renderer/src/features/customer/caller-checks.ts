/** How many checks lift the mask; the core has the last word. */
export const checksNeeded = 2
