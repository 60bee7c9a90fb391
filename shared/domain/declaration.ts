/**
 * The self-certification that allows a contract to be linked (S4, DPR 445/2000). Read aloud and stored word by word:
 * never edit a version, add one.
 */
export const declarations = {
  'dpr445-1':
    'Sono consapevole delle sanzioni penali stabilite dal d.p.r. 445/2000 in caso di dichiarazioni mendaci e dichiaro, sotto la mia personale responsabilità, di essere il titolare del servizio in oggetto o di essere autorizzato dal titolare alla sua gestione.',
} as const
export type DeclarationVersion = keyof typeof declarations
export const currentDeclaration: DeclarationVersion = 'dpr445-1'
export const declarationVersions = Object.keys(declarations) as [DeclarationVersion, ...DeclarationVersion[]]
