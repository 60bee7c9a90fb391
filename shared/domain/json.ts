/** What survives a trip through JSON unchanged: the only thing a call may take or return. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** `T` itself when it is JSON-safe, otherwise a type nothing can be assigned to. */
export type JsonSafe<T> = T extends Json
  ? T
  : T extends (...args: never[]) => unknown
    ? never
    : T extends readonly (infer U)[]
      ? readonly JsonSafe<U>[]
      : T extends Date | Uint8Array | Map<unknown, unknown> | Set<unknown> | bigint | symbol
        ? never
        : T extends object
          ? { [K in keyof T]: JsonSafe<T[K]> }
          : T extends undefined
            ? T
            : never
