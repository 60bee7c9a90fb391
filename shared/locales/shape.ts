/** A tree of messages as an area file writes it. */
export type MessageTree = { readonly [key: string]: string | MessageTree }

/** What a translation of `T` must offer: the same keys, any words. */
export type TranslationOf<T> = { readonly [K in keyof T]: T[K] extends string ? string : TranslationOf<T[K]> }

/** Dotted paths of all messages in `T`, such as `ui.table.sortBy`. */
export type KeysOf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${KeysOf<T[K]>}` }[keyof T & string]
