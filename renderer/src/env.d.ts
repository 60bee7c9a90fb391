declare module 'virtual:desk-theme' {
  export const light: object
  export const dark: object
}

declare module 'virtual:locale/*' {
  const messages: Record<string, Record<string, unknown>>
  export default messages
}

declare module '*.css'

/** For tools that do not read components; vue-tsc knows their real types. */
declare module '*.vue' {
  const component: import('vue').Component
  export default component
}
