/** How often a route may be called, and by whom counted. A bucket holds `burst` calls and is refilled by `perSecond`. */
export type RateLimit = { readonly by: 'address' | 'device' | 'person'; readonly burst: number; readonly perSecond: number }

export const rateClasses = {
  /** Health and documentation: no proof, so counted by address. */
  open: { by: 'address', burst: 60, perSecond: 5 },
  /** Guessing codes is also limited per code, in the database. */
  enrol: { by: 'address', burst: 20, perSecond: 0.2 },
  /** Per account the tries are slowed down in the database besides. */
  sign_in: { by: 'device', burst: 10, perSecond: 0.5 },
  sync: { by: 'device', burst: 200, perSecond: 50 },
  /** Pages of a snapshot and chunks of attachments: many in a row are normal. */
  bulk: { by: 'device', burst: 1_000, perSecond: 500 },
  /** Long answers: counted when opened, and left out of the number of requests at work. */
  stream: { by: 'device', burst: 20, perSecond: 1 },
  /** Installers, by whoever asks: desks of one office share an address. Left out of the number of requests at work too. */
  download: { by: 'address', burst: 300, perSecond: 5 },
  administration: { by: 'person', burst: 100, perSecond: 10 },
  /** Settled searches and openings of customers of other territories: besides 60 a minute and 600 an hour per person, counted in the database. */
  search: { by: 'person', burst: 30, perSecond: 1 },
} as const satisfies Record<string, RateLimit>
export type RateClass = keyof typeof rateClasses

export const mebibyte = 1024 * 1024
export const searchesPerMinute = 60
export const searchesPerHour = 600
